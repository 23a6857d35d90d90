import Flows
import Graph
import Pipeline
import Records

/// Which flows count on some edges: it draws the graph as the screen's is drawn, and asks that. Of a file that is played they may have
/// counted there for a while only: what an end is called may come out later.
final class EdgeFlows: RecordSink {
    private let edges: Set<EdgeKey>
    private let drawn: GraphSink
    private var flows: Set<FlowIdentifier> = []
    /// What NAT's other side of a flow was called before it turned out to be that, and what the flow is called.
    private var sides: [FlowIdentifier: FlowIdentifier] = [:]
    /// Whether some of them have no room.
    private(set) var isFull = false

    /// Flows that are remembered.
    private static var limit: Int { 1 << 20 }

    /// `isPlayed` says that flows are told of from their beginning on, as `FlowConfiguration.played` has it.
    init(_ edges: Set<EdgeKey>, isPlayed: Bool) {
        self.edges = edges
        drawn = GraphSink(hearsStarts: isPlayed)
    }

    /// Names of the flows, and of those that turned out to be a part of one.
    var identifiers: Set<FlowIdentifier> {
        flows.union(sides.lazy.filter { [flows] in flows.contains($0.value) }.map(\.key))
    }

    func flow(_ action: FlowAction, _ flow: Flow, _ book: borrowing FlowBook, _ names: FlowNames) {
        drawn.flow(action, flow, book, names)
        if let main = flow.joinedTo {
            if sides.count < Self.limit { sides[flow.identifier] = main } else { isFull = true }
        }
        guard let edge = drawn.counted, edges.contains(edge) else { return }
        if flows.count < Self.limit { flows.insert(flow.identifier) } else { isFull = true }
    }

    func sighting(_ sighting: Sighting, _ book: borrowing FlowBook) {}
}
