import Addressing
import Glibc
import Privilege
package import Records
package import Store
import Synchronization

/// Writes what is to be remembered, on a thread of its own, and forgets what is too old.
///
/// A database that is full, damaged, gone or may not be written costs history and nothing else: what comes meanwhile is kept
/// as far as there is room and then counted, and the database is tried again until it takes records.
@safe package final class StoreKeeper: @unchecked Sendable {
    private let batches: Inbox<Left>
    private let shared: Mutex<Shared>
    /// What a person should know.
    package let remarks: Inbox<String>
    /// What became of cases.
    package let cases: Inbox<CaseRecord>
    private var thread: WorkerThread?
    private let path: String
    private let version: String

    /// What is left to be written, and who is to hear of it.
    private struct Left: Sendable {
        var batch: StoreBatch
        var isWritten: (@Sendable () -> Void)?
    }

    private struct Shared {
        var retention: RetentionRules
        var isEnding = false
        var isOver = false
        var lost: UInt64 = 0
        var health = StoreHealth()
        var store: Store?
    }

    /// Batches that wait: of at most a thousand records or so each.
    private static var limit: Int { 128 }
    /// Records of cases that nobody has taken.
    private static var caseLimit: Int { 4096 }

    /// Opens the database at `path` and begins to write. Throws `StoreError` when another agent has it, or a newer version made it;
    /// with any other fault it begins without, and says so.
    package init(path: String, retention: RetentionRules, version: String) throws {
        self.path = path
        self.version = version
        batches = try Inbox(limit: Self.limit)
        remarks = try Inbox(limit: 256)
        cases = try Inbox(limit: Self.caseLimit)
        shared = Mutex(Shared(retention: retention))
        let book = StoreBook(path: path, version: version, remarks: remarks, cases: cases)
        try book.open(at: Clock.now)
        shared.withLock {
            $0.store = book.store
            $0.health = book.health
        }
        thread = try WorkerThread { self.loop(book) }
    }

    /// Leaves a batch to be written; false when there is no room.
    package func put(_ batch: StoreBatch) -> Bool { batches.put(CollectionOfOne(Left(batch: batch))) == 0 }

    /// The same; `isWritten` is called once, when it was tried to write it or when there is no room, on some thread.
    package func put(_ batch: StoreBatch, isWritten: @escaping @Sendable () -> Void) {
        let isOver = shared.withLock(\.isOver)
        guard isOver || batches.put(CollectionOfOne(Left(batch: batch, isWritten: isWritten))) != 0 else { return }
        count(lost: batch.count)
        isWritten()
    }

    /// Says that records could not be kept, as there was no room.
    package func count(lost: Int) { shared.withLock { $0.lost += UInt64(lost) } }

    /// Whether what waits is much: then less should be left.
    package var isPressed: Bool { batches.count > Self.limit / 4 }

    /// How it goes.
    package var health: StoreHealth { shared.withLock(\.health) }

    /// The database, for reading; nil while there is none.
    package var store: Store? { shared.withLock(\.store) }

    /// Forgets by other rules from now on.
    package func setRetention(_ retention: RetentionRules) { shared.withLock { $0.retention = retention } }

    /// Writes what waits and ends, in at most three seconds; whether all was written.
    package func finish() -> Bool {
        shared.withLock { $0.isEnding = true }
        _ = batches.put(CollectionOfOne(Left(batch: StoreBatch())))
        for _ in 0..<300 where !shared.withLock(\.isOver) { usleep(10_000) }
        guard shared.withLock(\.isOver) else { return false }
        thread?.join()
        return shared.withLock { $0.health.lost == 0 && $0.health.fault == nil }
    }

    private func loop(_ book: StoreBook) {
        // Made before anybody knows what the agent may do; writing to its own files takes no capability.
        try? PrivilegedThread.renounce()
        var isEnding = false
        while !isEnding {
            var request = pollfd(fd: batches.descriptor, events: Int16(POLLIN), revents: 0)
            _ = unsafe poll(&request, 1, 250)
            // What comes close together is written together.
            usleep(20_000)
            let retention: RetentionRules
            let lost: UInt64
            (isEnding, retention, lost) = shared.withLock { state in
                defer { state.lost = 0 }
                return (state.isEnding, state.retention, state.lost)
            }
            let left = batches.take()
            for each in left { book.add(each.batch) }
            book.count(lost: lost)
            book.work(retention, at: Clock.now, elapsed: Clock.monotonic)
            if isEnding { book.end(at: Clock.now) }
            let (store, health) = (book.store, book.health)
            shared.withLock {
                $0.store = store
                $0.health = health
            }
            for each in left { each.isWritten?() }
        }
        shared.withLock {
            $0.store = nil
            $0.isOver = true
        }
        for each in batches.take() { each.isWritten?() }
    }
}
