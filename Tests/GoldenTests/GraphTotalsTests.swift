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
    private static let captures = found(below: SharedCaptures.own) + found(below: SharedCaptures.folder)

    private static func found(below folder: URL) -> [String] {
        let names = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        return names.filter { $0.hasSuffix(".pcap") || $0.hasSuffix(".pcapng") }.sorted()
            .map { folder.appending(path: $0).path }
    }

    @Test(arguments: [false, true]) func areThoseOfTheSummary(hearsStarts: Bool) throws {
        #expect(Self.captures.count > 4)
        for path in Self.captures {
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
}
