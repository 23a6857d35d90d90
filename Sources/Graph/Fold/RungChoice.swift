package import Addressing

/// Which rung a chart is drawn at when nobody chose one, and when it may change.
///
/// A chart that folds itself under somebody's eyes is worse than one that is too large: it changes only when what is drawn has not
/// fitted for 5 s, goes finer again only when it asked for half a minute and got the same answer, and never while keys are pressed.
package struct RungChoice: Hashable, Sendable {
    package private(set) var rung: Rung?
    private var misfit: Timestamp?
    private var asked: Timestamp?

    /// Seconds: that a fit must have failed; that no key was pressed; until a finer rung is tried.
    package static var patience: Int64 { 5 }
    package static var quiet: Int64 { 10 }
    package static var trial: Int64 { 30 }

    package init() {}

    /// Begins anew: another size of the screen, another filter, another window.
    package mutating func reset() { self = Self() }

    /// The rung to draw at a time. `isFitting` says how what is drawn now fares; `choose` finds the finest that fits and is asked seldom.
    package mutating func next(
        at now: Timestamp,
        lastKey: Timestamp?,
        isFitting: Bool,
        choose: () -> Rung
    ) -> Rung {
        guard let rung else { return take(choose(), now) }
        // A clock that was set back: waiting begins anew.
        if let misfit, now < misfit { self.misfit = nil }
        if let asked, now < asked { self.asked = now }
        misfit = isFitting ? nil : misfit ?? now
        if let lastKey, now >= lastKey, now.seconds - lastKey.seconds < Self.quiet { return rung }
        if let misfit {
            guard now.seconds - misfit.seconds >= Self.patience else { return rung }
            self.misfit = now
            return take(choose(), now)
        }
        guard let asked, now.seconds - asked.seconds >= Self.trial, rung > .service else { return rung }
        return take(choose(), now)
    }

    private mutating func take(_ chosen: Rung, _ now: Timestamp) -> Rung {
        rung = chosen
        asked = now
        return chosen
    }
}

extension Folder {
    /// The finest rung from service on that fits; where none does, the coarsest that says anything.
    ///
    /// By namespace, segment and level only where a third of the edges go from one to another: else hardly a line would be left.
    package mutating func finest(_ view: FoldView, fits: (FoldedGraph) -> Bool) -> Rung {
        var view = view
        view.choices.choose(nil)
        view.rung = .service
        let services = fold(view)
        if fits(services) { return .service }
        var best = Rung.service
        for rung in [Rung.role, .namespace, .segment, .level] {
            guard rung == .role || crossingShare(of: services, at: rung) >= 1.0 / 3 else { continue }
            view.rung = rung
            best = rung
            if fits(fold(view)) { break }
        }
        return best
    }

    /// The same where all that counts is how many rows there is room for.
    package mutating func finest(_ view: FoldView, rows: Int) -> Rung { finest(view) { $0.rows.count <= rows } }

    /// How many of a graph's edges go from one namespace, segment or level to another, of those that have both ends in one; 0 to 1.
    package func crossingShare(of graph: FoldedGraph, at rung: Rung) -> Double {
        var (all, crossing) = (0, 0)
        for edge in graph.edges {
            guard let member = edge.members.first, let source = place(of: member.source, rung),
                let destination = place(of: member.destination, rung)
            else { continue }
            all += 1
            if source != destination { crossing += 1 }
        }
        return all == 0 ? 0 : Double(crossing) / Double(all)
    }

    /// Nil where nobody knows, and for what is not a place but the lack of one.
    private func place(of end: EndpointKey, _ rung: Rung) -> RowKey? {
        guard let key = row(of: end, at: rung), !key.name.hasPrefix(":") else { return nil }
        return key
    }
}
