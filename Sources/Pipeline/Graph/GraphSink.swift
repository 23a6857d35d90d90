package import Flows
package import Graph
package import Records

/// Draws the graph of what a pipeline concludes.
package final class GraphSink: RecordSink {
    package private(set) var graph: ConnectionGraph
    /// The edge that the flow told of last counted on; nil where it counted on none.
    package private(set) var counted: EdgeKey?
    /// Whether flows are counted from their beginning on, not only when they end.
    private let hearsStarts: Bool
    /// Flows whose record was cut, and that go on in another one.
    private var cut: Set<Conversation> = []
    private let limit: Int

    /// What a flow and the one that continues it have in common.
    private struct Conversation: Hashable {
        var sourceHigh: UInt64
        var sourceLow: UInt64
        var destinationHigh: UInt64
        var destinationLow: UInt64
        var ports: UInt32
        var about: UInt64

        init(_ flow: Flow) {
            (sourceHigh, sourceLow) = flow.sourceBits
            (destinationHigh, destinationLow) = flow.destinationBits
            ports = UInt32(flow.sourcePort) << 16 | UInt32(flow.destinationPort)
            about = UInt64(flow.scope) << 16 | UInt64(flow.protocolNumber) << 8 | (flow.isIPv6 ? 1 : 0)
        }
    }

    /// `hearsStarts` says that flows are told of as they begin, and all of them when they end: then they count from there on.
    /// Behind a filter, which may want a flow only later or no more, they count when they end.
    package init(limits: GraphLimits = GraphLimits(), hearsStarts: Bool) {
        graph = ConnectionGraph(limits: limits)
        limit = limits.open
        self.hearsStarts = hearsStarts
    }

    /// From now on `takeChanges` tells what becomes otherwise.
    package func track() { graph.track() }

    /// What became otherwise since it was called last.
    package func takeChanges() -> GraphChanges { graph.takeChanges() }

    /// Puts back what was drawn before the program began anew. Only before the first flow.
    package func restore(_ minutes: [GraphMinute], _ endpoints: [EndpointKey: Endpoint]) {
        graph.restore(minutes, endpoints)
    }

    package func flow(_ action: FlowAction, _ flow: Flow, _ book: borrowing FlowBook, _ names: FlowNames) {
        counted = nil
        if !hearsStarts, action != .ended { return }
        let isContinuation = hearsStarts && !graph.knows(flow.serial) && cut.remove(Conversation(flow)) != nil
        if hearsStarts, action == .ended, flow.endReason == .active, cut.count < limit {
            cut.insert(Conversation(flow))
        }
        // What it counted, the other counts; of a twin, all but what it has more.
        let isKnown = hearsStarts && graph.knows(flow.serial)
        if flow.endReason == .joined || flow.repeatsTwin { graph.forget(flow.serial) }
        if flow.endReason == .joined { return }
        var observation = FlowObservation(flow, book, names)
        observation.serial = hearsStarts ? flow.serial : nil
        observation.isOver = action == .ended
        if flow.repeatsTwin {
            observation.isAnother = false
        } else if hearsStarts {
            observation.isAnother = !isKnown && !isContinuation
        } else {
            observation.isAnother = flow.endReason != .active
        }
        counted = graph.count(observation)
    }

    /// No flow, and so no edge.
    package func sighting(_ sighting: Sighting, _ book: borrowing FlowBook) {}
}
