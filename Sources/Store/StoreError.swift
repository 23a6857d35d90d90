import GRDB
import Glibc

/// Why nothing could be stored or read.
package enum StoreError: Error, Hashable, Sendable {
    /// The file or its folder cannot be used; `code` as errno(3).
    case file(path: String, code: Int32)
    /// It is a pipe, a device or a folder.
    case irregular(path: String)
    /// Another agent writes to it.
    case inUse(path: String)
    /// A newer version of this program made it.
    case newer(path: String)
    /// No database, or one that is damaged.
    case damaged(path: String, what: String)
    /// Somebody put another file in its place, or took it away.
    case replaced(path: String)
    /// There is no room.
    case full(path: String)
    /// It may be read only.
    case readOnly(path: String)
    /// Anything else that SQLite says; `code` as in its result codes.
    case system(path: String, code: Int32, what: String)
    /// There is no chain of digests in it.
    case unchained(path: String)
    /// A stored value that nobody can read: row and table.
    case unreadable(table: String, row: Int64)
}

extension StoreError: CustomStringConvertible {
    /// One line: what, where, and what to do.
    package var description: String {
        switch self {
        case .file(let path, let code):
            "cannot open the database \(path): \(unsafe String(cString: strerror(code)))"
        case .irregular(let path): "cannot open the database \(path): it is no regular file"
        case .inUse(let path): "the database \(path) is in use by another agent; end that one, or give this one its own"
        case .newer(let path): "the database \(path) was made by a newer version of portolan; use that, or another file"
        case .damaged(let path, let what): "the database \(path) is damaged: \(what)"
        case .replaced(let path): "the database \(path) was replaced or taken away while it was in use"
        case .full(let path): "no room for the database \(path): free some, or lower store.size"
        case .readOnly(let path): "the database \(path) cannot be written: its file system or file is read-only"
        case .system(let path, let code, let what): "the database \(path) fails: \(what) (SQLite \(code))"
        case .unchained(let path):
            "the database \(path) has no chain of digests: an older version wrote it; the agent of this one begins a chain"
        case .unreadable(let table, let row): "row \(row) of \(table) in the database cannot be read"
        }
    }
}

extension StoreError {
    /// What an error of the database means.
    init(_ error: any Error, path: String) {
        if let error = error as? StoreError {
            self = error
            return
        }
        guard let error = error as? DatabaseError else {
            self = .system(path: path, code: 0, what: "\(error)")
            return
        }
        let what = error.message ?? "no message"
        switch error.resultCode {
        case .SQLITE_FULL: self = .full(path: path)
        case .SQLITE_READONLY where error.extendedResultCode == .SQLITE_READONLY_DBMOVED: self = .replaced(path: path)
        case .SQLITE_READONLY: self = .readOnly(path: path)
        case .SQLITE_CORRUPT, .SQLITE_NOTADB: self = .damaged(path: path, what: what)
        default: self = .system(path: path, code: error.extendedResultCode.rawValue, what: what)
        }
    }
}
