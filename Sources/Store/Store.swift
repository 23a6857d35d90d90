import Dispatch
import GRDB
import Glibc

/// The agent's memory: one SQLite database in WAL mode. https://sqlite.org/wal.html
///
/// One writer, a `StoreWriter`, and any number of readers, who see what was written before they began and hold up nobody.
/// Files have mode 0640: whoever may read the folder's group may read them.
package final class Store: Sendable {
    package let path: String
    let pool: DatabasePool
    private let file: FileIdentity?
    /// The files that SQLite made beside it.
    private let beside: [String: FileIdentity]

    /// Opens the database of an agent, or makes it; refuses one that is damaged, or that a newer version made.
    ///
    /// Whoever writes to it must hold its `DatabaseLock`.
    package init(path: String) throws(StoreError) {
        self.path = path
        let isNew = FileIdentity(path: path) == nil
        do {
            // SQLite gives the files beside it the mode of the first.
            try Self.make(path)
            pool = try DatabasePool(path: path, configuration: Self.configuration(isNew: isNew))
            guard try pool.read({ try !Schema.migrator.hasBeenSuperseded($0) }) else {
                throw StoreError.newer(path: path)
            }
            try Schema.migrator.migrate(pool)
        } catch {
            throw StoreError(error, path: path)
        }
        file = FileIdentity(path: path)
        beside = Self.beside(path)
    }

    /// Opens a database that an agent may be writing to, only to read it.
    package init(reading path: String) throws(StoreError) {
        self.path = path
        guard let file = FileIdentity(path: path) else { throw .file(path: path, code: ENOENT) }
        // Of a pipe nothing may ever come.
        guard file.isRegular else { throw .irregular(path: path) }
        self.file = file
        do {
            var configuration = Self.configuration(isNew: false)
            configuration.readonly = true
            pool = try DatabasePool(path: path, configuration: configuration)
            guard try pool.read({ try !Schema.migrator.hasBeenSuperseded($0) }) else {
                throw StoreError.newer(path: path)
            }
        } catch {
            throw StoreError(error, path: path)
        }
        beside = Self.beside(path)
    }

    /// Whether the file that is open still lies at its path.
    package var isInPlace: Bool { file != nil && FileIdentity(path: path) == file }

    /// Whether there is a file at a path.
    package static func isThere(_ path: String) -> Bool { FileIdentity(path: path) != nil }

    /// The database and the files that SQLite made beside it.
    package var files: [String] { [path] + beside.keys.sorted() }

    /// Ends all connections, on the calling thread: the last one takes the log away. Nothing can be asked afterwards.
    package func end() {
        // One that may only read takes no log away.
        pool.invalidateReadOnlyConnections()
        try? pool.close()
    }

    /// Takes the database away, and all that was made beside it. To be called by whoever made it, holds its lock and has closed it.
    package func remove() {
        for place in [path, "\(path)-wal", "\(path)-shm", "\(path)-lock"] { _ = unsafe unlink(place) }
    }

    private static func beside(_ path: String) -> [String: FileIdentity] {
        let places = ["\(path)-wal", "\(path)-shm"].compactMap { place in FileIdentity(path: place).map { (place, $0) }
        }
        return Dictionary(uniqueKeysWithValues: places)
    }

    /// Takes the log away when the file is not in its place any more: SQLite would apply it to whatever lies there now.
    /// https://sqlite.org/howtocorrupt.html, 1.4 and 2.4
    package func dropLog() {
        for (place, known) in beside where FileIdentity(path: place) == known { _ = unsafe unlink(place) }
    }

    /// How many read at a time; further ones wait.
    private static var readerLimit: Int { 4 }

    /// Of all databases of the process.
    private static let readers = ReaderThreads(readerLimit)

    private static func make(_ path: String) throws(StoreError) {
        let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o640)
        guard descriptor >= 0 else {
            let code = errno
            throw code == EROFS ? .readOnly(path: path) : .file(path: path, code: code)
        }
        close(descriptor)
    }

    private static func configuration(isNew: Bool) -> Configuration {
        var configuration = Configuration()
        configuration.label = "store"
        // No more urgent than the rest: to say so takes a right that an agent gives up, and a line on standard error tells that.
        configuration.qos = .default
        configuration.maximumReaderCount = readerLimit
        configuration.busyMode = .timeout(2)
        configuration.prepareDatabase { database in
            // KiB of pages that a connection keeps: what is read is mostly read once.
            let cache = database.configuration.readonly ? 512 : 4096
            // Only before the first table: freed pages can be given back in small steps.
            if isNew, !database.configuration.readonly { try database.execute(sql: "PRAGMA auto_vacuum = INCREMENTAL") }
            try database.execute(
                sql: "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY"
            )
            try database.execute(sql: "PRAGMA cache_size = \(-cache); PRAGMA journal_size_limit = 67108864")
        }
        return configuration
    }

    /// Reads, in one transaction.
    func read<Result>(_ body: (Database) throws -> Result) throws(StoreError) -> Result {
        do {
            return try pool.read(body)
        } catch {
            throw StoreError(error, path: path)
        }
    }

    /// Reads on a thread of the store's own, so that whoever waits for it blocks none that others need.
    package func asked<Answer: Sendable>(
        _ body: @escaping @Sendable (Store) throws -> Answer
    ) async throws(StoreError) -> Answer {
        let result: Result<Answer, any Error> = await withCheckedContinuation { continuation in
            Self.readers.perform { continuation.resume(returning: Result { try body(self) }) }
        }
        switch result {
        case .success(let answer): return answer
        case .failure(let error): throw StoreError(error, path: path)
        }
    }
}
