import Addressing
import Testing

@testable import Graph

/// The hosts behind the flows.
@Suite("Tunnel ends")
struct TunnelEndTests {
    private let here = IPAddress("192.0.2.1") ?? .v4(IPv4Address(bits: 0))
    private let there = IPAddress("192.0.2.2") ?? .v4(IPv4Address(bits: 0))

    private func flow(_ carriage: Carriage?, at second: Int64 = 0, isAnother: Bool = true) -> FlowObservation {
        var flow = ObservedFlow(first: second, isAnother: isAnother).observation
        flow.carriage = carriage
        return flow
    }

    private func vxlan(_ identifier: UInt32) -> Carriage {
        Carriage(source: here, destination: there, tunnel: "vxlan", identifier: identifier)
    }

    @Test func areNotedWithWhatTheyCarry() {
        var graph = ConnectionGraph()
        graph.count(flow(nil))
        #expect(graph.picture.tunnelEnds.isEmpty)
        graph.count(flow(vxlan(42), at: 5))
        graph.count(flow(vxlan(43), at: 9))
        let end = graph.picture.tunnelEnds[there]
        #expect(graph.picture.tunnelEnds.keys.sorted() == [here, there])
        #expect(end?.tunnels == ["vxlan"] && end?.identifiers == [42, 43])
        #expect(end?.first.seconds == 5 && end?.last.seconds == 9)
        #expect(end?.carriesReadable == true && end?.carriesEncrypted == false)
    }

    @Test func sayWhetherItIsEncrypted() {
        var graph = ConnectionGraph()
        graph.count(flow(Carriage(source: here, destination: there, tunnel: "esp", isEncrypted: true)))
        #expect(graph.tunnelEnds[here]?.carriesReadable == false && graph.tunnelEnds[here]?.carriesEncrypted == true)
        graph.count(flow(vxlan(42)))
        #expect(graph.tunnelEnds[here]?.carriesReadable == true && graph.tunnelEnds[here]?.carriesEncrypted == true)
        #expect(graph.tunnelEnds[here]?.tunnels == ["esp", "vxlan"])
    }

    @Test func areBounded() {
        var limits = GraphLimits()
        limits.tunnelEnds = 3
        var graph = ConnectionGraph(limits: limits)
        for number in UInt32(0)..<10 {
            let stranger = IPAddress.v4(IPv4Address(bits: number))
            graph.count(flow(Carriage(source: here, destination: stranger, tunnel: "vxlan", identifier: number)))
        }
        #expect(graph.tunnelEnds.count == 3 && graph.folding.tunnelEnds == 8)
        graph.count(flow(vxlan(1), isAnother: false))
        #expect(graph.folding.tunnelEnds == 8)
        for number in UInt32(0)..<100 {
            graph.count(flow(Carriage(source: here, destination: here, tunnel: "t\(number)", identifier: number)))
        }
        let end = graph.tunnelEnds[here]
        #expect(end?.identifiers.count == TunnelEnd.identifierLimit && end?.hasMoreIdentifiers == true)
        #expect(end?.tunnels.count == TunnelEnd.tunnelLimit)
    }

    @Test func anEdgeKnowsWhatWasAskedFor() {
        var graph = ConnectionGraph()
        for port in UInt16(1)...9 {
            var flow = ObservedFlow().observation
            flow.asked = PublishedAddress(address: here, port: 8000 + port / 2)
            graph.count(flow)
        }
        let asked = graph.edges.values.first?.published
        #expect(asked?.map(\.port) == [8000, 8001, 8002, 8003])
    }
}
