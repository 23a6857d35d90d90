import Synchronization

/// What one follower has not read yet.
package final class Subscription<Element: Sendable>: Sendable {
    /// What was left for a follower.
    package struct Portion: Sendable {
        package var elements: [Element] = []
        /// How many there was no room for since the last portion.
        package var dropped: UInt64 = 0
    }

    private struct State {
        /// As they were handed over: all that follow share them.
        var parts: [ArraySlice<Element>] = []
        var count = 0
        var dropped: UInt64 = 0
        var isBeating = false
        var isOver = false
        var waiting: CheckedContinuation<Void, Never>?

        var isThere: Bool { count > 0 || dropped > 0 || isBeating }

        /// The oldest of what is there, and what was dropped since this was asked last.
        mutating func takePortion() -> Portion {
            var portion = Portion()
            swap(&portion.dropped, &dropped)
            isBeating = false
            var taken = 0
            while taken < parts.count,
                portion.elements.isEmpty || portion.elements.count + parts[taken].count <= Subscription.portionLimit
            {
                portion.elements += parts[taken]
                taken += 1
            }
            parts.removeFirst(taken)
            count -= portion.elements.count
            return portion
        }

        mutating func takeWaiting() -> CheckedContinuation<Void, Never>? {
            defer { waiting = nil }
            return waiting
        }
    }

    /// The most that is taken at a time, unless it came at a time: whoever reads slowly should not have it all in memory twice.
    private static var portionLimit: Int { 512 }

    let number: Int
    private let state = Mutex(State())

    private let limit: Int

    init(number: Int, limit: Int) {
        self.number = number
        self.limit = limit
    }

    /// Waits until something is there, and takes some of it; nil when nothing more comes. Empty when it is only to be seen that somebody is there.
    package func next() async -> Portion? {
        while true {
            let (portion, isOver) = state.withLock { state -> (Portion?, Bool) in
                state.isThere ? (state.takePortion(), false) : (nil, state.isOver)
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
                    if state.isThere || state.isOver || Task.isCancelled { return true }
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
            let part = elements.prefix(max(0, limit - state.count))
            if !part.isEmpty { state.parts.append(part) }
            state.count += part.count
            state.dropped += UInt64(elements.count - part.count)
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
