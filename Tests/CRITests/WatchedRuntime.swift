#if CRI
import CRI
import Containers
import Runtimes
import Synchronization
import Testing

/// A watch that runs, and what it reported.
final class WatchedRuntime: Sendable {
    private let shared = ReportsInOrder()
    private let watch: CRIWatch
    private let task: Task<Void, Never>

    init(path: String, keys: LabelKeys = LabelKeys(), timing: RuntimeTiming = RuntimeTiming()) {
        let socket = RuntimeSocket(path: path, speaking: .cri)
        let watch = CRIWatch(socket: socket, keys: keys, timing: timing) { [shared] in shared.append($0) }
        self.watch = watch
        task = Task { await watch.run() }
    }

    deinit { task.cancel() }

    func expect(_ identifier: String) { watch.expect(identifier) }

    var reports: [RuntimeReport] { shared.all }

    /// The newest description of each container that is there, by what was reported.
    var containers: [String: ContainerDescription] {
        reports.reduce(into: [:]) { known, report in
            switch report {
            case .container(let identifier, let description): known[identifier] = description
            case .removed(let identifier): known[identifier] = nil
            case .connected, .unreachable: break
            }
        }
    }

    /// `+` for connected, `-` for unreachable, in order.
    var connections: String {
        reports.compactMap { report in
            switch report {
            case .connected: "+"
            case .unreachable: "-"
            default: nil
            }
        }.joined()
    }

    /// Why it was unreachable first.
    var reason: String? {
        for case .unreachable(_, let reason) in reports { return reason }
        return nil
    }

    /// Cancels it, and waits for its end.
    func end() async {
        task.cancel()
        await task.value
    }
}

/// Reports in the order they came.
private final class ReportsInOrder: Sendable {
    private let reports = Mutex<[RuntimeReport]>([])
    var all: [RuntimeReport] { reports.withLock { $0 } }
    func append(_ report: RuntimeReport) { reports.withLock { $0.append(report) } }
}

/// Waits until something holds, and fails when it does not within ten seconds.
func eventually(_ holds: () -> Bool, _ place: SourceLocation = #_sourceLocation) async throws {
    let end = ContinuousClock.now + .seconds(10)
    while !holds() {
        try #require(ContinuousClock.now < end, "it never came to hold", sourceLocation: place)
        try await Task.sleep(for: .milliseconds(5))
    }
}
#endif
