#if CRI
import CRI
#endif
import Containers
import Runtimes

/// A runtime that is followed, by a task of its own, until it is left.
struct FollowedRuntime {
    private let follower: any RuntimeFollower
    private let task: Task<Void, Never>

    /// Begins; `report` is called for one thing after the other, on any thread, and must not wait.
    init(_ socket: RuntimeSocket, labels: LabelKeys, report: @escaping @Sendable (RuntimeReport) -> Void) {
        let follower = Self.follower(of: socket, labels, report)
        self.follower = follower
        task = Task.detached { await follower.run() }
    }

    /// The kernel shows a container of a pod.
    func expect(_ identifier: String) { follower.expect(identifier) }

    func leave() { task.cancel() }

    private static func follower(
        of socket: RuntimeSocket,
        _ labels: LabelKeys,
        _ report: @escaping @Sendable (RuntimeReport) -> Void
    ) -> any RuntimeFollower {
        #if CRI
        if socket.interface == .cri { return CRIWatch(socket: socket, keys: labels, report: report) }
        #endif
        return RuntimeWatch(socket: socket, keys: labels, report: report)
    }
}
