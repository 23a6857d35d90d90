import Custody
import GRDB
import GRDBSQLite

/// A prepared statement that many rows go through: values are bound one by one with SQLite's own calls, which costs a
/// fraction of binding a dictionary. https://sqlite.org/c3ref/bind_blob.html
///
/// Valid on the connection it was prepared on, and used on that connection's queue alone.
final class RowWriter {
    private let statement: Statement
    private let database: Database
    private var position: Int32 = 0
    /// What covers its rows.
    private let strand: StrandWriter?
    /// The number of the row whose values are bound.
    private var number: Int64 = 0

    /// Rows are covered by a chain where there is one: their columns must be bound in the order of the table, `bindNumber` first.
    init(_ database: Database, _ sql: String, covering strand: StrandWriter? = nil) throws {
        self.database = database
        self.strand = strand
        statement = try database.makeStatement(sql: sql)
    }

    /// Binds a number that no row of its table had before.
    func bindNumber() throws {
        number = try strand?.begin() ?? 0
        position += 1
        unsafe sqlite3_bind_int64(statement.sqliteStatement, position, number)
    }

    func bind(_ number: Int64) {
        strand?.row.number(number)
        position += 1
        unsafe sqlite3_bind_int64(statement.sqliteStatement, position, number)
    }

    /// Counters are bounded by what SQLite can hold: 2^63 - 1.
    func bind(_ number: UInt64) { bind(Int64(clamping: number)) }

    func bind(_ number: Int) { bind(Int64(number)) }

    func bind(_ number: Int64?) {
        if let number { bind(number) } else { bindNull() }
    }

    func bindNull() {
        strand?.row.null()
        position += 1
        unsafe sqlite3_bind_null(statement.sqliteStatement, position)
    }

    func bind(_ bytes: Span<UInt8>) {
        strand?.row.blob(bytes)
        position += 1
        unsafe bytes.withUnsafeBufferPointer { bytes in
            // SQLite copies them before it returns; an empty one must not be NULL.
            _ =
                unsafe bytes.isEmpty
                ? sqlite3_bind_zeroblob(statement.sqliteStatement, position, 0)
                : sqlite3_bind_blob(
                    statement.sqliteStatement,
                    position,
                    bytes.baseAddress,
                    Int32(clamping: bytes.count),
                    Self.transient
                )
        }
    }

    func bind(_ text: String?) {
        guard let text else { return bindNull() }
        // SQLite takes it up to the first zero.
        strand?.row.text(Array(text.utf8.prefix { $0 != 0 }).span)
        position += 1
        unsafe sqlite3_bind_text(statement.sqliteStatement, position, text, -1, Self.transient)
    }

    /// Writes the row whose values were bound, and is ready for the next. Throws `DatabaseError`.
    func step() throws {
        position = 0
        let code = unsafe sqlite3_step(statement.sqliteStatement)
        unsafe sqlite3_reset(statement.sqliteStatement)
        guard code == SQLITE_DONE || code == SQLITE_ROW else {
            throw unsafe DatabaseError(
                resultCode: ResultCode(rawValue: sqlite3_extended_errcode(database.sqliteConnection)),
                message: database.lastErrorMessage
            )
        }
        strand?.endRow(number)
    }

    /// Has SQLite copy what it is given: SQLITE_TRANSIENT.
    private static var transient: sqlite3_destructor_type { unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self) }
}
