import GRDBSQLite

/// A connection to SQLite, without anything in between.
@safe final class Connection {
    private let pointer: OpaquePointer

    struct Failure: Error {
        var code: Int32
    }

    init(_ path: String) throws {
        var pointer: OpaquePointer?
        let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX
        let code = unsafe sqlite3_open_v2(path, &pointer, flags, nil)
        guard code == SQLITE_OK, let pointer = unsafe pointer else { throw Failure(code: code) }
        unsafe self.pointer = pointer
    }

    deinit {
        unsafe sqlite3_close_v2(pointer)
    }

    func run(_ sql: String) throws {
        let code = unsafe sqlite3_exec(pointer, sql, nil, nil, nil)
        if code != SQLITE_OK { throw Failure(code: code) }
    }

    func prepare(_ sql: String) throws -> OpaquePointer {
        var statement: OpaquePointer?
        let code = unsafe sqlite3_prepare_v2(pointer, sql, -1, &statement, nil)
        guard code == SQLITE_OK, let statement = unsafe statement else { throw Failure(code: code) }
        return unsafe statement
    }

    /// The first column of the first row.
    func text(_ sql: String) throws -> String {
        let statement = unsafe try prepare(sql)
        defer { unsafe sqlite3_finalize(statement) }
        guard unsafe sqlite3_step(statement) == SQLITE_ROW, let text = unsafe sqlite3_column_text(statement, 0) else {
            throw Failure(code: SQLITE_NOTFOUND)
        }
        return unsafe String(cString: text)
    }
}
