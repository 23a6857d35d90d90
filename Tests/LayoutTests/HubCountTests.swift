import Graph
import Testing

@testable import Layout

struct HubCountTests {
    @Test(arguments: 1...100 as ClosedRange<UInt64>) func countsEachRowOnce(seed: UInt64) {
        let graph = FoldedGraph.random(seed)
        let count = HubCount(graph)
        var touched: [HubKey: Set<RowKey>] = [:]
        for edge in graph.edges where edge.key.source != edge.key.destination {
            let service = HubKey.Service(protocolNumber: edge.key.protocolNumber, port: edge.key.port)
            touched[HubKey(row: edge.key.destination, service: service), default: []].insert(edge.key.source)
            touched[HubKey(row: edge.key.source, service: nil), default: []].insert(edge.key.destination)
        }
        #expect(Set(count.hubs) == Set(touched.keys))
        for (hub, rows) in touched { #expect(count.number(of: hub).map { count.sizes[$0] } == rows.count) }
    }

    @Test func saysWhereTooFewAreLeft() {
        let graph = FoldedGraph.made(
            ["a", "b", "c", "d"],
            [.between("a", "b"), .between("a", "c"), .between("a", "d")]
        )
        let count = HubCount(graph)
        #expect(count.leavesTooFew([]))
        #expect(!count.leavesTooFew([0]))
        #expect(count.number(of: HubKey(row: RowKey(.service, "e"), service: nil)) == nil)
    }
}
