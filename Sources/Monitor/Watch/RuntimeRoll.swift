import Containers
import Synchronization

/// Which runtimes have spoken, and when anybody did last: whether there is more to wait for.
final class RuntimeRoll: Sendable {
    private struct State {
        var silent: Set<String>
        var last = ContinuousClock.now
    }

    private let state: Mutex<State>

    init(_ sources: [String]) {
        state = Mutex(State(silent: Set(sources)))
    }

    /// Those that have not said whether they are there.
    var silent: [String] { state.withLock { $0.silent.sorted() } }

    func hear(_ report: RuntimeReport) {
        state.withLock { state in
            state.last = .now
            switch report {
            case .connected(let source), .unreachable(let source, _): state.silent.remove(source)
            case .container, .removed: break
            }
        }
    }

    /// Whether all have spoken, and nobody has since `pause`: after the list of its containers a runtime answers about those of
    /// which the list told too little.
    func isQuiet(for pause: Duration) -> Bool {
        state.withLock { $0.silent.isEmpty && ContinuousClock.now - $0.last >= pause }
    }
}
