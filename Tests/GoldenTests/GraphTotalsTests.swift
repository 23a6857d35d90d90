import Addressing
import Flows
import Foundation
import Graph
import Pipeline
import Records
import Support
import Testing

/// What stands on the edges of a graph is what the summary counted, to the byte: nothing is lost, and nothing counted twice.
@Suite("Totals of graphs")
struct GraphTotalsTests {
    @Test(arguments: [false, true]) func areThoseOfTheSummary(hearsStarts: Bool) throws {
        #expect(CaptureFiles.all.count > 4)
        for path in CaptureFiles.all {
            var settings = PipelineSettings()
            settings.flows.reportsStarts = hearsStarts
            settings.flows.reportsUpdates = hearsStarts
            let drawn = GraphSink(hearsStarts: hearsStarts)
            guard let summary = try? ReplayedCapture.read(path, settings, into: drawn) else { continue }
            let counts = drawn.graph.edges.values.map(\.counts).reduce(EdgeCounts(), +)
            #expect(counts.packets == summary.packets, "\(path)")
            #expect(counts.bytes == summary.ipBytes, "\(path)")
            #expect(counts.flows == summary.flows, "\(path)")
        }
    }

    /// Two hosts, two networks, as the capture's page has it.
    @Test func hostsOfTunnelsAreThoseOfTheOuterHeaders() throws {
        let drawn = GraphSink(hearsStarts: false)
        _ = try ReplayedCapture.read(SharedCaptures.own.appending(path: "tenants/tenants.pcap").path, into: drawn)
        let ends = drawn.graph.tunnelEnds.values.sorted { $0.address < $1.address }
        #expect(ends.map { "\($0.address)" } == ["192.168.10.1", "192.168.10.2"])
        for end in ends {
            #expect(end.tunnels == ["vxlan"] && end.identifiers.sorted() == [42, 43])
            #expect(end.carriesReadable && !end.carriesEncrypted)
        }
    }
}
