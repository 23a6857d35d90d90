import Synchronization

/// Hands what comes to all that follow it, and waits for none of them.
package final class Feed<Element: Sendable>: Sendable {
    private struct State {
        var subscriptions: [Int: Subscription<Element>] = [:]
        var next = 0
        var isClosed = false
    }

    private let state = Mutex(State())
    private let followers = Atomic<Int>(0)

    /// Things that wait for one follower.
    private let limit: Int

    package init(limit: Int) {
        self.limit = limit
    }

    /// Whether anybody follows: what nobody wants need not be made.
    package var isFollowed: Bool { followers.load(ordering: .relaxed) > 0 }

    /// Follows from now on; nil when the feed is closed. Whoever follows must `leave`.
    package func follow() -> Subscription<Element>? {
        state.withLock { state in
            if state.isClosed { return nil }
            let subscription = Subscription<Element>(number: state.next, limit: limit)
            state.subscriptions[state.next] = subscription
            state.next += 1
            followers.store(state.subscriptions.count, ordering: .relaxed)
            return subscription
        }
    }

    package func leave(_ subscription: Subscription<Element>) {
        state.withLock { state in
            state.subscriptions[subscription.number] = nil
            followers.store(state.subscriptions.count, ordering: .relaxed)
        }
        subscription.end()
    }

    /// Hands something to all that follow. What a follower has no room for is dropped and counted for him.
    package func put(_ elements: [Element]) {
        for subscription in all { subscription.put(elements) }
    }

    /// Wakes all that follow, so that they say that they are there.
    package func beat() {
        for subscription in all { subscription.beat() }
    }

    /// Ends what all follow, and lets nobody follow any more.
    package func close() {
        let all = state.withLock { state in
            defer { state.subscriptions = [:] }
            state.isClosed = true
            followers.store(0, ordering: .relaxed)
            return state.subscriptions.values
        }
        for subscription in all { subscription.end() }
    }

    private var all: [Subscription<Element>] {
        guard isFollowed else { return [] }
        return state.withLock { Array($0.subscriptions.values) }
    }
}
