import Synchronization

/// What one follower has not read yet.
package final class Subscription<Element: Sendable>: Sendable {
    /// What was left for a follower.
    package struct Portion: Sendable {
        package var elements: [Element] = []
        /// How many there was no room for, before these.
        package var dropped: UInt64 = 0
    }

    private struct State {
        var portion = Portion()
        var isBeating = false
        var isOver = false
        var waiting: CheckedContinuation<Void, Never>?

        mutating func takeWaiting() -> CheckedContinuation<Void, Never>? {
            defer { waiting = nil }
            return waiting
        }
    }

    let number: Int
    private let state = Mutex(State())

    private let limit: Int

    init(number: Int, limit: Int) {
        self.number = number
        self.limit = limit
    }

    /// Waits until something is there; nil when nothing more comes. Empty when it is only to be seen that somebody is there.
    package func next() async -> Portion? {
        while true {
            let (portion, isOver) = state.withLock { state -> (Portion?, Bool) in
                let isThere = !state.portion.elements.isEmpty || state.portion.dropped > 0 || state.isBeating
                guard isThere else { return (nil, state.isOver) }
                defer {
                    state.portion = Portion()
                    state.isBeating = false
                }
                return (state.portion, false)
            }
            if let portion { return portion }
            if isOver || Task.isCancelled { return nil }
            await wait()
        }
    }

    private func wait() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isDue = state.withLock { state in
                    let isThere = !state.portion.elements.isEmpty || state.isBeating || state.isOver
                    if isThere || Task.isCancelled { return true }
                    state.waiting = continuation
                    return false
                }
                if isDue { continuation.resume() }
            }
        } onCancel: {
            end()
        }
    }

    func put(_ elements: [Element]) {
        let waiting = state.withLock { state in
            let room = max(0, limit - state.portion.elements.count)
            state.portion.elements += elements.prefix(room)
            state.portion.dropped += UInt64(max(0, elements.count - room))
            return state.takeWaiting()
        }
        waiting?.resume()
    }

    func beat() {
        let waiting = state.withLock { state in
            state.isBeating = true
            return state.takeWaiting()
        }
        waiting?.resume()
    }

    func end() {
        let waiting = state.withLock { state in
            state.isOver = true
            return state.takeWaiting()
        }
        waiting?.resume()
    }
}
