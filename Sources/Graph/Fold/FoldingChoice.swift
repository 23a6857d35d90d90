package import Addressing

/// How a chart is folded when nobody chose, and when that may change.
///
/// A chart that folds itself under somebody's eyes is worse than one that is too large: it changes only when what is drawn has not
/// fitted for 5 s, goes finer again only when it asked for half a minute and got the same answer, and never while keys are pressed.
package struct FoldingChoice: Hashable, Sendable {
    package private(set) var folding: Folding?
    private var misfit: Timestamp?
    private var asked: Timestamp?
    /// Whether nothing fitted when it was asked last.
    private var isHelpless = false

    /// Seconds: that a fit must have failed; that no key was pressed; until a finer rung is tried.
    package static var patience: Int64 { 5 }
    package static var quiet: Int64 { 10 }
    package static var trial: Int64 { 30 }

    package init() {}

    /// Begins anew: another size of the screen, another filter, another window.
    package mutating func reset() { self = Self() }

    /// The folding to draw at a time. `isFitting` says how what is drawn now fares; `choose` finds the finest that fits and is asked seldom.
    package mutating func next(
        at now: Timestamp,
        lastKey: Timestamp?,
        isFitting: Bool,
        choose: () -> Folding
    ) -> Folding {
        guard let folding else { return take(choose(), now) }
        // A clock that was set back: waiting begins anew.
        if let misfit, now < misfit { self.misfit = nil }
        if let asked, now < asked { self.asked = now }
        misfit = isFitting ? nil : misfit ?? now
        if let lastKey, now >= lastKey, now.seconds - lastKey.seconds < Self.quiet { return folding }
        if let misfit {
            // What did not help is not tried again so soon.
            let patience = isHelpless ? Self.trial : Self.patience
            guard now.seconds - misfit.seconds >= patience else { return folding }
            self.misfit = now
            let chosen = take(choose(), now)
            isHelpless = chosen == folding
            return chosen
        }
        isHelpless = false
        guard let asked, now.seconds - asked.seconds >= Self.trial, folding != Folding(.service) else { return folding }
        return take(choose(), now)
    }

    private mutating func take(_ chosen: Folding, _ now: Timestamp) -> Folding {
        folding = chosen
        asked = now
        return chosen
    }
}
