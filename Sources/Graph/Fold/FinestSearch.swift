/// Looks for the finest folding that fits, one folding at a time, so that frames can be drawn in between.
///
/// From service on; where none fits, it is the finest whose rows fit, else the coarsest that says anything. By namespace, segment and
/// level only where a third of the edges go from one to another: else hardly a line would be left.
package struct FinestSearch: Sendable {
    private var view: FoldView
    private var left: ArraySlice<Folding> = [
        Folding(.service), Folding(.service, joinsTwins: true), Folding(.role), Folding(.role, joinsTwins: true),
        Folding(.namespace), Folding(.segment), Folding(.level),
    ]
    /// What the last step folded, and by service.
    private var folded: FoldedGraph?
    private var services: FoldedGraph?
    private var best = Folding(.service)
    private var second: Folding?

    /// `view` says all but the rung.
    package init(_ view: FoldView) {
        self.view = view
        self.view.choices.choose(nil)
    }

    /// Tries one folding. Nil while there are others to try.
    package mutating func step(_ folder: inout Folder, fits: (FoldedGraph) -> Fit) -> Folding? {
        while let next = left.popFirst() {
            if next.rung > .role, let services, folder.crossingShare(of: services, at: next.rung) < 1.0 / 3 { continue }
            let graph: FoldedGraph
            if next.joinsTwins, let folded {
                graph = folded.joiningTwins()
            } else {
                view.rung = next.rung
                graph = folder.fold(view)
                folded = graph
                if next.rung == .service { services = graph }
            }
            best = next
            switch fits(graph) {
            case .whole: return best
            case .high: second = second ?? best
            case .no: break
            }
            return left.isEmpty ? second ?? best : nil
        }
        return second ?? best
    }
}
