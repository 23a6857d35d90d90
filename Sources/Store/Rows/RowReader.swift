import Custody
import GRDB
import GRDBSQLite

/// The rows of a query, one after the other, each column read with SQLite's own calls.
/// https://sqlite.org/c3ref/column_blob.html
///
/// Valid on the connection it was prepared on, and used on that connection's queue alone.
final class RowReader {
    private let statement: Statement
    private let database: Database

    init(_ database: Database, _ sql: String, _ arguments: [Int64] = []) throws {
        self.database = database
        statement = try database.makeStatement(sql: sql)
        for (place, argument) in arguments.enumerated() {
            unsafe sqlite3_bind_int64(statement.sqliteStatement, Int32(place + 1), argument)
        }
    }

    /// Goes on to the next row; false when there is none.
    func next() throws -> Bool {
        switch unsafe sqlite3_step(statement.sqliteStatement) {
        case SQLITE_ROW: return true
        case SQLITE_DONE:
            unsafe sqlite3_reset(statement.sqliteStatement)
            return false
        default:
            let error = unsafe DatabaseError(
                resultCode: ResultCode(rawValue: sqlite3_extended_errcode(database.sqliteConnection)),
                message: database.lastErrorMessage
            )
            unsafe sqlite3_reset(statement.sqliteStatement)
            throw error
        }
    }

    /// Asks again with other values.
    func restart(_ arguments: [Int64]) {
        unsafe sqlite3_reset(statement.sqliteStatement)
        for (place, argument) in arguments.enumerated() {
            unsafe sqlite3_bind_int64(statement.sqliteStatement, Int32(place + 1), argument)
        }
    }

    func number(_ column: Int32) -> Int64 { unsafe sqlite3_column_int64(statement.sqliteStatement, column) }

    /// A counter, which is not negative.
    func count(_ column: Int32) -> UInt64 { UInt64(clamping: number(column)) }

    func isNull(_ column: Int32) -> Bool {
        unsafe sqlite3_column_type(statement.sqliteStatement, column) == SQLITE_NULL
    }

    func optional(_ column: Int32) -> Int64? { isNull(column) ? nil : number(column) }

    func bytes(_ column: Int32) -> [UInt8] {
        guard let start = unsafe sqlite3_column_blob(statement.sqliteStatement, column) else { return [] }
        let count = unsafe sqlite3_column_bytes(statement.sqliteStatement, column)
        return unsafe Array(UnsafeRawBufferPointer(start: start, count: Int(count)))
    }

    func text(_ column: Int32) -> String? {
        isNull(column) ? nil : String(decoding: bytes(column), as: UTF8.self)
    }

    /// How many columns a row has.
    var width: Int32 { unsafe sqlite3_column_count(statement.sqliteStatement) }

    /// Puts a column behind others, as what it is in the file.
    func add(_ column: Int32, to row: inout RowBytes) {
        switch unsafe sqlite3_column_type(statement.sqliteStatement, column) {
        case SQLITE_INTEGER: row.number(number(column))
        case SQLITE_FLOAT: row.real(unsafe sqlite3_column_double(statement.sqliteStatement, column))
        case SQLITE_TEXT: bytes(column) { row.text($0) }
        case SQLITE_BLOB: bytes(column) { row.blob($0) }
        default: row.null()
        }
    }

    /// Looks at a column's bytes where they lie.
    private func bytes(_ column: Int32, _ body: (Span<UInt8>) -> Void) {
        let start = unsafe sqlite3_column_blob(statement.sqliteStatement, column)
        let count = unsafe sqlite3_column_bytes(statement.sqliteStatement, column)
        unsafe body(UnsafeRawBufferPointer(start: start, count: Int(count)).bindMemory(to: UInt8.self).span)
    }
}
