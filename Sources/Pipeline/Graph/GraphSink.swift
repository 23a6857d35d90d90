package import Flows
package import Graph
package import Records

/// Draws the graph of what a pipeline concludes.
package final class GraphSink: RecordSink {
    package private(set) var graph: ConnectionGraph
    /// Whether flows are told of when they begin and go on, not only when they end.
    private let hearsStarts: Bool

    /// `hearsStarts` says that flows are told of as they begin; then they count from there on.
    package init(limits: GraphLimits = GraphLimits(), hearsStarts: Bool) {
        graph = ConnectionGraph(limits: limits)
        self.hearsStarts = hearsStarts
    }

    package func flow(_ action: FlowAction, _ flow: Flow, _ book: borrowing FlowBook, _ names: FlowNames) {
        // What it counted, the other counts; of a twin, all but what it has more.
        if flow.endReason == .joined || flow.repeatsTwin { graph.forget(flow.serial) }
        if flow.endReason == .joined { return }
        var observation = FlowObservation(flow, book, names)
        observation.serial = hearsStarts ? flow.serial : nil
        observation.isOver = action == .ended
        let isFirst = hearsStarts ? action == .started : flow.endReason != .active
        observation.isAnother = isFirst && !flow.repeatsTwin
        graph.count(observation)
    }

    /// No flow, and so no edge.
    package func sighting(_ sighting: Sighting, _ book: borrowing FlowBook) {}
}
