import Dashboard
import Synchronization

/// The newest snapshot and the answers, between the thread that makes them and the one that draws.
final class SnapshotBox: Sendable {
    private struct State {
        var snapshot: Snapshot?
        var answers: [SnapshotAnswer] = []
        var packets: PacketList?
        var requests: [DashboardRequest] = []
        var isOver = false
    }

    private let state = Mutex(State())
    private let wake: @Sendable () -> Void

    /// Answers and requests that wait.
    private static var limit: Int { 64 }

    init(wake: @escaping @Sendable () -> Void) {
        self.wake = wake
    }

    func put(_ snapshot: Snapshot) {
        state.withLock { $0.snapshot = snapshot }
        wake()
    }

    func put(_ answer: SnapshotAnswer) {
        state.withLock { if $0.answers.count < Self.limit { $0.answers.append(answer) } }
        wake()
    }

    func put(_ packets: PacketList) {
        state.withLock { $0.packets = packets }
        wake()
    }

    func ask(_ request: DashboardRequest) {
        state.withLock { if $0.requests.count < Self.limit { $0.requests.append(request) } }
    }

    func end() { state.withLock { $0.isOver = true } }

    var isOver: Bool { state.withLock(\.isOver) }

    func takeSnapshot() -> Snapshot? {
        state.withLock { state in
            defer { state.snapshot = nil }
            return state.snapshot
        }
    }

    func takePackets() -> PacketList? {
        state.withLock { state in
            defer { state.packets = nil }
            return state.packets
        }
    }

    func takeAnswers() -> [SnapshotAnswer] {
        state.withLock { state in
            defer { state.answers = [] }
            return state.answers
        }
    }

    func takeRequests() -> [DashboardRequest] {
        state.withLock { state in
            defer { state.requests = [] }
            return state.requests
        }
    }
}
