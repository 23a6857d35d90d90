import GRDBSQLite

/// The same rows through SQLite's own calls and nothing else: same table, same index, same settings of the connection.
@safe struct RawRun {
    private let path: String

    /// Columns of a flow behind its number, in their order in the table.
    private static var columns: Int32 { 18 }

    init(path: String) {
        self.path = path
    }

    private enum Value {
        case null
        case number(Int64)
        case bytes([UInt8])
    }

    func run(from other: String, inBatchesOf size: Int) throws {
        let source = try Connection(other)
        let table = try source.text("SELECT sql FROM sqlite_schema WHERE name = 'flows'")
        let index = try source.text("SELECT sql FROM sqlite_schema WHERE name = 'flows_last'")
        let target = try Connection(path)
        try target.run("PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL")
        try target.run("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY")
        try target.run("PRAGMA cache_size = -8192; PRAGMA journal_size_limit = 67108864; PRAGMA foreign_keys = ON")
        try target.run("\(table); \(index)")
        let read = unsafe try source.prepare("SELECT * FROM flows ORDER BY id")
        let places = Array(repeating: "?", count: Int(Self.columns)).joined(separator: ", ")
        let insert = unsafe try target.prepare("INSERT INTO flows VALUES (NULL, \(places))")
        var watch = Stopwatch()
        var written = 0
        while true {
            let rows = unsafe Self.read(read, size)
            if rows.isEmpty { break }
            try watch.measure {
                try target.run("BEGIN IMMEDIATE")
                for row in rows { unsafe try Self.write(row, insert) }
                try target.run("COMMIT")
            }
            written += rows.count
        }
        unsafe sqlite3_finalize(read)
        unsafe sqlite3_finalize(insert)
        StoreDriver.tell("rows", written)
        StoreDriver.tell("wall", watch.wall)
        StoreDriver.tell("cpu", watch.cpu)
    }

    private static func read(_ statement: OpaquePointer, _ limit: Int) -> [[Value]] {
        var rows: [[Value]] = []
        while rows.count < limit, unsafe sqlite3_step(statement) == SQLITE_ROW {
            rows.append(
                (1...columns).map { column in
                    switch unsafe sqlite3_column_type(statement, column) {
                    case SQLITE_INTEGER: return .number(unsafe sqlite3_column_int64(statement, column))
                    case SQLITE_BLOB:
                        let count = Int(unsafe sqlite3_column_bytes(statement, column))
                        let bytes = unsafe sqlite3_column_blob(statement, column)
                        return .bytes(unsafe Array(UnsafeRawBufferPointer(start: bytes, count: count)))
                    default: return .null
                    }
                }
            )
        }
        return rows
    }

    private static func write(_ row: [Value], _ statement: OpaquePointer) throws {
        for (place, value) in row.enumerated() {
            let position = Int32(place + 1)
            switch value {
            case .null: unsafe sqlite3_bind_null(statement, position)
            case .number(let number): unsafe sqlite3_bind_int64(statement, position, number)
            case .bytes(let bytes):
                // Nobody touches them before the step.
                unsafe bytes.withUnsafeBytes { bytes in
                    _ = unsafe sqlite3_bind_blob(statement, position, bytes.baseAddress, Int32(bytes.count), nil)
                }
            }
        }
        let code = unsafe sqlite3_step(statement)
        unsafe sqlite3_reset(statement)
        if code != SQLITE_DONE { throw Connection.Failure(code: code) }
    }
}
