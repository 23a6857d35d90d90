import Addressing
import Containers
import Graph
import Pipeline
import Testing

/// The graph of flows whose ends the journal names.
@Suite("Graph of a pipeline")
struct GraphSinkTests {
    private let drawn = GraphSink(hearsStarts: true)

    private var text: [String] {
        drawn.graph.edges.sorted { $0.key < $1.key }.map { key, edge in
            "\(key.source) > \(key.destination) \(key.port ?? 0): \(edge.counts.flows), \(edge.counts.packets)"
        }
    }

    @Test func callsEndpointsByWhoTheyAre() {
        let watch = IdentityWatch(besides: drawn)
        watch.start(named: "web", at: 5)
        for port in UInt16(1)...3 { watch.send(at: 10, port) }
        watch.pipeline.finish()
        #expect(text == ["container:c1 > outside:192.0.2.9 9: 3, 3"])
        #expect(drawn.graph.endpoints[EndpointKey(.container, "c1")]?.name == "web")
        #expect(drawn.graph.endpoints[EndpointKey(.container, "c1")]?.container?.key.generation == 1)
    }

    @Test func movesWhatWasCountedBeforeTheNameCame() {
        let watch = IdentityWatch(besides: drawn)
        watch.send(at: 10)
        // Told without a name after a while.
        watch.advance(to: 400)
        #expect(text == ["outside:10.0.0.2 > outside:192.0.2.9 9: 1, 1"] || text.first?.hasPrefix("vacant:") == true)
        watch.start(named: "web", at: 450)
        watch.advance(to: 500)
        watch.pipeline.finish()
        #expect(text == ["container:c1 > outside:192.0.2.9 9: 1, 1"])
    }
}
