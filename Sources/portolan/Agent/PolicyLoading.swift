import Monitor
import Policy
import Synchronization

/// Reads the feeds of a new policy on a thread of its own: a million entries take a second, in which packets come.
final class PolicyLoading: Sendable {
    private struct Loaded {
        var standards: Standards?
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
            let standards = Standards(policy) { remarks.append($0) }
            self.finish(standards, remarks, round)
        }
    }

    private func finish(_ standards: sending Standards, _ remarks: [String], _ round: Int) {
        loaded.withLock { loaded in
            guard loaded.round == round else { return }
            loaded.standards = standards
            loaded.remarks = remarks
        }
    }

    /// What is ready, once.
    func take() -> (standards: Standards, remarks: [String])? {
        loaded.withLock { loaded in
            guard let standards = loaded.standards else { return nil }
            loaded.standards = nil
            return (standards, loaded.remarks)
        }
    }
}
