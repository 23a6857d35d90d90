import Monitor
import Policy
import Synchronization

/// Reads the feeds of a new policy on a thread of its own: a million entries take a second, in which packets come.
final class PolicyLoading: Sendable {
    private struct Loaded {
        var policy: CompiledPolicy?
        var remarks: [String] = []
        /// Counts what was asked for: of several the last counts.
        var round = 0
    }

    private let loaded = Mutex(Loaded())

    /// Begins to read; what was asked for before does not count any more.
    func begin(_ policy: DeclaredPolicy) {
        let round = loaded.withLock { loaded in
            loaded.round += 1
            return loaded.round
        }
        Task.detached {
            var remarks: [String] = []
            let compiled = CompiledPolicy.loading(policy) { remarks.append($0) }
            self.finish(compiled, remarks, round)
        }
    }

    private func finish(_ policy: sending CompiledPolicy, _ remarks: [String], _ round: Int) {
        loaded.withLock { loaded in
            guard loaded.round == round else { return }
            loaded.policy = policy
            loaded.remarks = remarks
        }
    }

    /// What is ready, once.
    func take() -> (policy: CompiledPolicy, remarks: [String])? {
        loaded.withLock { loaded in
            guard let policy = loaded.policy else { return nil }
            loaded.policy = nil
            return (policy, loaded.remarks)
        }
    }
}
