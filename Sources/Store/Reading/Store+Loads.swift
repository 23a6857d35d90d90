package import Addressing
import GRDB

/// What a database has that captures were loaded into.
extension Store {
    /// The act of the audit line of each file.
    package static var loadAct: String { "load" }

    /// Behind the version of a session that was loaded, and not watched.
    private static var mark: String { " replay" }

    /// A session's version, of one that is loaded.
    package static func loadVersion(_ version: String) -> String { version + mark }

    /// Whether any of its sessions is an agent's: then it is no place for captures of who knows where.
    package func isOfAgent() throws(StoreError) -> Bool {
        try read { database in
            let other = "SELECT count(*) FROM sessions WHERE version NOT LIKE ?"
            return try Int64.fetchOne(database, sql: other, arguments: ["%\(Self.mark)"]) ?? 0 > 0
        }
    }

    /// The outcomes of that: all of a file, or a part.
    package static var loadedWhole: String { "done" }
    package static var loadedPart: String { "partial" }

    /// When a file with a digest, in hexadecimal digits, was loaded as a whole; nil of one that was not.
    package func loaded(_ digest: String) throws(StoreError) -> Timestamp? {
        try read { database in
            let first = "SELECT min(time) FROM audit WHERE act = ? AND outcome = ? AND instr(record, ?) > 0"
            // In a path quotation marks would be behind backslashes.
            let words = "\"sha256\":\"\(digest)\""
            let time = try Int64.fetchOne(database, sql: first, arguments: [Self.loadAct, Self.loadedWhole, words])
            return time.map { Timestamp(nanoseconds: $0) }
        }
    }

    /// The last that was heard of in any session; nil where there was none.
    package func heard() throws(StoreError) -> Timestamp? {
        try read { database in
            try Int64.fetchOne(database, sql: "SELECT max(heard) FROM sessions").map { Timestamp(nanoseconds: $0) }
        }
    }
}
