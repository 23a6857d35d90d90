import GRDB
import GRDBSQLite

/// Interrupts what a connection does when it takes too long. https://sqlite.org/c3ref/progress_handler.html
@safe final class ProgressWatch {
    private let database: Database
    private let isLate: @Sendable () -> Bool

    init(_ database: Database, _ isLate: @escaping @Sendable () -> Bool) {
        self.database = database
        self.isLate = isLate
        unsafe sqlite3_progress_handler(
            database.sqliteConnection,
            100_000,
            { me in
                guard let me = unsafe me else { return 0 }
                return unsafe Unmanaged<ProgressWatch>.fromOpaque(me).takeUnretainedValue().isLate() ? 1 : 0
            },
            Unmanaged.passUnretained(self).toOpaque()
        )
    }

    /// Must be called before this goes.
    func end() {
        unsafe sqlite3_progress_handler(database.sqliteConnection, 0, nil, nil)
    }
}
