import NIOCore
import Synchronization

/// The connections of a server, and which of them gives way when there are too many.
///
/// One that has a request under way is busy, and stays. Of the others, which only hold their place, the one that has held it the
/// longest goes. Used on the event loop only, but for `count` and `answering`.
final class ConnectionTable: @unchecked Sendable {
    /// What the table knows of a connection.
    private struct Entry {
        let handler: RequestHandler
        /// When it last became idle, in the order of such events; nil while it is busy.
        var idle: UInt64?
    }

    private let limit: Int
    private var entries: [ObjectIdentifier: Entry] = [:]
    private var clock: UInt64 = 0
    private(set) var isStopping = false
    private let number = Atomic<Int>(0)
    private let answers = Atomic<Int>(0)

    init(limit: Int) {
        self.limit = limit
    }

    /// Connections that are open.
    var count: Int { number.load(ordering: .relaxed) }

    /// Requests whose answers are being made.
    var answering: Int { answers.load(ordering: .relaxed) }

    func whileAnswering<Result>(_ body: () async -> Result) async -> Result {
        answers.add(1, ordering: .relaxed)
        defer { answers.subtract(1, ordering: .relaxed) }
        return await body()
    }

    /// Takes a connection in, if need be in the place of one that is idle; false when all are busy.
    func enter(_ handler: RequestHandler) -> Bool {
        if isStopping { return false }
        if entries.count >= limit {
            guard let oldest = oldestIdle else { return false }
            leave(oldest)
            oldest.close()
        }
        entries[ObjectIdentifier(handler)] = Entry(handler: handler, idle: tick())
        number.store(entries.count, ordering: .relaxed)
        return true
    }

    func leave(_ handler: RequestHandler) {
        entries[ObjectIdentifier(handler)] = nil
        number.store(entries.count, ordering: .relaxed)
    }

    func becameBusy(_ handler: RequestHandler) { entries[ObjectIdentifier(handler)]?.idle = nil }

    func becameIdle(_ handler: RequestHandler) { entries[ObjectIdentifier(handler)]?.idle = tick() }

    /// Takes nobody in from now on, and closes what is idle or streams. Whole answers that are being made may be finished.
    func stop() {
        isStopping = true
        for entry in entries.values where entry.idle != nil || entry.handler.isStreaming { entry.handler.close() }
    }

    private var oldestIdle: RequestHandler? {
        var oldest: (idle: UInt64, handler: RequestHandler)?
        for entry in entries.values {
            guard let idle = entry.idle, idle < oldest?.idle ?? .max else { continue }
            oldest = (idle, entry.handler)
        }
        return oldest?.handler
    }

    private func tick() -> UInt64 {
        clock += 1
        return clock
    }
}
