#if CRI
import Synchronization

/// Containers that the kernel shows and the runtime has not told of: why to ask before the next sweep.
///
/// Whoever watches the kernel puts them in, from any thread; one task is told by `bell`, asks, and says what came of it.
final class Expectations: Sendable {
    private struct State {
        /// How often each was looked for in vain.
        var tries: [String: Int] = [:]
        var bell: AsyncStream<Void>.Continuation?
    }

    private let state = Mutex(State())

    /// A container is there. Beyond `CRIBounds.expected` it is left to the sweep; while nobody has a bell, to the list that is asked
    /// for first.
    func expect(_ identifier: String) {
        let bell = state.withLock { state in
            if state.bell != nil, state.tries.count < CRIBounds.expected { state.tries[identifier] = 0 }
            return state.bell
        }
        bell?.yield()
    }

    /// Rings this from now on when something is expected; nil: nothing, and all that was is forgotten.
    func ring(_ bell: AsyncStream<Void>.Continuation?) {
        state.withLock { state in
            state.bell = bell
            if bell == nil { state.tries = [:] }
        }
    }

    /// Whether any of them is not among those that are known; those that are, are expected no more.
    func anyLack(_ isKnown: (String) -> Bool) -> Bool {
        state.withLock { state in
            state.tries = state.tries.filter { !isKnown($0.key) }
            return !state.tries.isEmpty
        }
    }

    /// A list came, and had none of them. Says how often that was for the one that came last, or nil when all are given up:
    /// then it is none of this runtime's.
    func miss() -> Int? {
        state.withLock { state in
            state.tries = state.tries.compactMapValues { $0 + 1 < CRIBounds.tries ? $0 + 1 : nil }
            return state.tries.values.min()
        }
    }
}
#endif
