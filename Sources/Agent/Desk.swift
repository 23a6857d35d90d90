package import Addressing
import Synchronization

/// Where clients ask for a view, and the thread that watches gives one when it has a moment: it never waits for a client.
///
/// All that ask within a second get the same view: what a view shares with the graph is copied when that changes next. Bounded:
/// beyond `limit` that wait, whoever comes gets nothing.
package final class Desk: Sendable {
    private struct State {
        var waiting: [CheckedContinuation<AgentView?, Never>] = []
        var isClosed = false
        var last: AgentView?
    }

    private let state = Mutex(State())
    private let limit: Int

    package init(limit: Int = 256) {
        self.limit = limit
    }

    /// How long a view is good for, in nanoseconds.
    private static var freshness: Int64 { 1_000_000_000 }

    /// A view, at most a second old; nil when too many ask, or the agent ends.
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

    /// Gives all that wait a view. `make` is called only when somebody does, and there is none that is fresh.
    package func serve(at time: Timestamp, _ make: (Timestamp) -> AgentView) {
        let (waiting, known) = take(closing: false)
        // Of a clock that was set back, any age is too old.
        let isFresh = known.map { 0..<Self.freshness ~= time.nanoseconds &- $0.time.nanoseconds } ?? false
        if known != nil, !isFresh, waiting.isEmpty { forget() }
        if waiting.isEmpty { return }
        let view = isFresh ? known ?? make(time) : make(time)
        if !isFresh { state.withLock { $0.last = view } }
        for continuation in waiting { continuation.resume(returning: view) }
    }

    /// What nobody asks for any more is not kept.
    private func forget() { state.withLock { $0.last = nil } }

    /// Sends all that wait away, and whoever comes later.
    package func close() {
        for continuation in take(closing: true).waiting { continuation.resume(returning: nil) }
    }

    private func take(closing: Bool) -> (waiting: [CheckedContinuation<AgentView?, Never>], last: AgentView?) {
        state.withLock { state in
            if closing { state.isClosed = true }
            defer { state.waiting = [] }
            return (state.waiting, state.last)
        }
    }
}
