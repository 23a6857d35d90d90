import Synchronization

/// Where clients ask for a view, and the thread that watches gives one when it has a moment: it never waits for a client.
///
/// All that ask between two moments get the same view. Bounded: beyond `limit` that wait, whoever comes gets nothing.
package final class Desk: Sendable {
    private struct State {
        var waiting: [CheckedContinuation<AgentView?, Never>] = []
        var isClosed = false
    }

    private let state = Mutex(State())
    private let limit: Int

    package init(limit: Int = 256) {
        self.limit = limit
    }

    /// A view as of now, a moment later; nil when too many ask, or the agent ends.
    package func view() async -> AgentView? {
        await withCheckedContinuation { continuation in
            let isRefused = state.withLock { state in
                if state.isClosed || state.waiting.count >= limit { return true }
                state.waiting.append(continuation)
                return false
            }
            if isRefused { continuation.resume(returning: nil) }
        }
    }

    /// Gives all that wait a view; `make` is called only when somebody does.
    package func serve(_ make: () -> AgentView) {
        let waiting = take(closing: false)
        if waiting.isEmpty { return }
        let view = make()
        for continuation in waiting { continuation.resume(returning: view) }
    }

    /// Sends all that wait away, and whoever comes later.
    package func close() {
        for continuation in take(closing: true) { continuation.resume(returning: nil) }
    }

    private func take(closing: Bool) -> [CheckedContinuation<AgentView?, Never>] {
        state.withLock { state in
            if closing { state.isClosed = true }
            defer { state.waiting = [] }
            return state.waiting
        }
    }
}
