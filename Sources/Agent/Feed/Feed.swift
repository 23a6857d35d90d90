import Synchronization

/// Hands what comes to all that follow it, and waits for none of them.
///
/// The newest are kept once, for all: whoever reads too slowly finds that the oldest are gone, and how many. So a follower costs
/// nothing, however long it reads nothing.
package final class Feed<Element: Sendable>: Sendable {
    private struct State {
        var subscriptions: [Int: Subscription<Element>] = [:]
        var next = 0
        var isClosed = false
        var newest: NewestRing<Element>
    }

    private let state: Mutex<State>
    private let followers = Atomic<Int>(0)

    /// - Parameter limit: how many are kept for those that follow.
    package init(limit: Int) {
        state = Mutex(State(newest: NewestRing(limit: limit)))
    }

    /// Whether anybody follows: what nobody wants need not be made.
    package var isFollowed: Bool { followers.load(ordering: .relaxed) > 0 }

    /// Follows from now on; nil when the feed is closed. Whoever follows must `leave`.
    package func follow() -> Subscription<Element>? {
        state.withLock { state in
            if state.isClosed { return nil }
            let subscription = Subscription(number: state.next, from: state.newest.end, of: self)
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
            // What nobody reads need not be kept.
            if state.subscriptions.isEmpty { state.newest.removeAll() }
        }
        subscription.end()
    }

    /// Hands something to all that follow.
    package func put(_ elements: [Element]) {
        guard isFollowed else { return }
        let all = state.withLock { state in
            if !state.subscriptions.isEmpty { state.newest.append(elements) }
            return Array(state.subscriptions.values)
        }
        for subscription in all { subscription.wake() }
    }

    /// What came from a place on, a portion of it; the place after it; and how many of that were not kept.
    func portion(from place: UInt64) -> (elements: [Element], end: UInt64, dropped: UInt64) {
        state.withLock { $0.newest.portion(from: place) }
    }

    /// Wakes all that follow, so that they say that they are there.
    package func beat() {
        guard isFollowed else { return }
        for subscription in state.withLock({ Array($0.subscriptions.values) }) { subscription.beat() }
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
}
