import Synchronization

/// What one thread leaves for another that waits in poll(2). Bounded: beyond `limit` things what comes is refused and counted.
package final class Inbox<Thing: Sendable>: Sendable {
    private struct Contents {
        var things: [Thing] = []
        var refused: UInt64 = 0
    }

    private let contents = Mutex(Contents())
    private let waker: Waker
    private let limit: Int

    package init(limit: Int) throws(WatchError) {
        waker = try Waker()
        self.limit = limit
    }

    /// Readable when something is there.
    package var descriptor: Int32 { waker.descriptor }

    /// How much is there.
    package var count: Int { contents.withLock { $0.things.count } }

    /// What there was no room for.
    package var refused: UInt64 { contents.withLock { $0.refused } }

    /// Leaves things; returns how many there was no room for.
    @discardableResult
    package func put(_ things: some Collection<Thing>) -> Int {
        if things.isEmpty { return 0 }
        let refused = contents.withLock { contents in
            let refused = max(0, things.count - max(0, limit - contents.things.count))
            contents.things.append(contentsOf: things.dropLast(refused))
            contents.refused += UInt64(refused)
            return refused
        }
        waker.wake()
        return refused
    }

    /// All that is there, in the order it came.
    package func take() -> [Thing] {
        waker.clear()
        return contents.withLock { contents in
            defer { contents.things = [] }
            return contents.things
        }
    }
}
