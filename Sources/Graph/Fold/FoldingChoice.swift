package import Addressing

/// How a chart is folded when nobody chose, and when that may change.
///
/// A chart that folds itself under somebody's eyes is worse than one that is too large: it changes only when what is drawn has not
/// fitted for 5 s, is tried finer every half a minute, and never changes while keys are pressed.
package struct FoldingChoice: Hashable, Sendable {
    package private(set) var folding: Folding?
    private var misfit: Timestamp?
    private var asked: Timestamp?
    /// Whether nothing fitted when it was asked last.
    private var isHelpless = false
    /// Whether the finest folding that fits should be looked for, as soon as there is time.
    package private(set) var isDue = false

    /// Seconds: that a fit must have failed; that no key was pressed; until a finer rung is tried.
    package static var patience: Int64 { 5 }
    package static var quiet: Int64 { 10 }
    package static var trial: Int64 { 30 }

    package init() {}

    /// Begins anew: another size of the screen, another filter, another window.
    package mutating func reset() { self = Self() }

    /// The folding to draw at a time. `isFitting` says how what is drawn now fares; `choose` finds the finest that fits, and is asked only
    /// where there is nothing to draw yet. Afterwards `isDue` tells when it is worth looking again, and `answer` takes what came out.
    package mutating func next(
        at now: Timestamp,
        lastKey: Timestamp?,
        isFitting: Bool,
        choose: () -> Folding
    ) -> Folding {
        isDue = false
        guard let folding else {
            let chosen = choose()
            self.folding = chosen
            asked = now
            return chosen
        }
        // A clock that was set back: waiting begins anew.
        if let misfit, now < misfit { self.misfit = nil }
        if let asked, now < asked { self.asked = now }
        misfit = isFitting ? nil : misfit ?? now
        if misfit == nil { isHelpless = false }
        if let lastKey, now >= lastKey, now.seconds - lastKey.seconds < Self.quiet { return folding }
        if let misfit {
            // What did not help is not tried again so soon.
            isDue = now.seconds - misfit.seconds >= (isHelpless ? Self.trial : Self.patience)
        } else if let asked {
            isDue = now.seconds - asked.seconds >= Self.trial && folding != Folding(.service)
        }
        return folding
    }

    /// Takes the finest folding that fits, which was looked for because that was due; returns whether it is another one.
    package mutating func answer(_ chosen: Folding, at now: Timestamp) -> Bool {
        let isOther = chosen != folding
        isHelpless = misfit != nil && !isOther
        if misfit != nil { misfit = now }
        folding = chosen
        asked = now
        isDue = false
        return isOther
    }
}
