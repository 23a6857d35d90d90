import Synchronization

/// Where one follower of a feed is.
package final class Subscription<Element: Sendable>: Sendable {
    /// What was left for a follower.
    package struct Portion: Sendable {
        package var elements: [Element] = []
        /// How many came before these and are not kept any more.
        package var dropped: UInt64 = 0
    }

    private struct State {
        /// The place in the feed of what is read next.
        var place: UInt64
        /// Whether something came since it was looked for last.
        var isDue = false
        var isBeating = false
        var isOver = false
        var waiting: CheckedContinuation<Void, Never>?

        mutating func takeWaiting() -> CheckedContinuation<Void, Never>? {
            defer { waiting = nil }
            return waiting
        }
    }

    let number: Int
    private let feed: Feed<Element>
    private let state: Mutex<State>

    init(number: Int, from place: UInt64, of feed: Feed<Element>) {
        self.number = number
        self.feed = feed
        state = Mutex(State(place: place))
    }

    /// Waits until something is there, and takes some of it; nil when nothing more comes. Empty when it is only to be seen that
    /// somebody is there. One reads at a time.
    package func next() async -> Portion? {
        while true {
            let (place, isBeating, isOver) = state.withLock { state in
                defer {
                    state.isDue = false
                    state.isBeating = false
                }
                return (state.place, state.isBeating, state.isOver)
            }
            let (elements, end, dropped) = feed.portion(from: place)
            state.withLock { $0.place = end }
            if !elements.isEmpty || dropped > 0 || isBeating { return Portion(elements: elements, dropped: dropped) }
            if isOver || Task.isCancelled { return nil }
            await wait()
        }
    }

    private func wait() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isDue = state.withLock { state in
                    if state.isDue || state.isBeating || state.isOver || Task.isCancelled { return true }
                    state.waiting = continuation
                    return false
                }
                if isDue { continuation.resume() }
            }
        } onCancel: {
            end()
        }
    }

    /// Says that something came.
    func wake() { change { $0.isDue = true } }

    func beat() { change { $0.isBeating = true } }

    func end() { change { $0.isOver = true } }

    private func change(_ body: (inout State) -> Void) {
        let waiting = state.withLock { state in
            body(&state)
            return state.takeWaiting()
        }
        waiting?.resume()
    }
}
