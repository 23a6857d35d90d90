import Foundation
import Support
import Testing

@Suite("Graph of a replay")
struct GraphFileTests {
    private let folder: ScratchFolder
    private let shop = SharedCaptures.own.appendingPathComponent("shop/shop-node-a.pcap")

    init() throws {
        folder = try ScratchFolder()
    }

    private func graph(_ options: String...) throws -> [String: Any] {
        let file = folder.path("graph.json")
        let outcome = try Command.replay(shop, options: ["--graph", file.path] + options)
        #expect(outcome.status == 0 && outcome.errors.isEmpty)
        let data = try Data(contentsOf: file)
        return try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
    }

    private func sum(_ key: String, of graph: [String: Any]) -> Int {
        (graph["edges"] as? [[String: Any]] ?? []).reduce(0) { $0 + ($1[key] as? Int ?? 0) }
    }

    @Test func hasWhatTheSummaryCounts() throws {
        let graph = try graph()
        let summary = try #require(try Command.replay(shop, options: ["-o", "json"]).summary)
        #expect("\(sum("flows", of: graph))" == summary["flows"])
        let packets = sum("source_packets", of: graph) + sum("destination_packets", of: graph)
        #expect("\(packets)" == summary["network.packets"])
        #expect(sum("failures", of: graph) > 0)
        let ends = Set((graph["endpoints"] as? [[String: Any]] ?? []).compactMap { $0["id"] as? String })
        for edge in graph["edges"] as? [[String: Any]] ?? [] {
            for side in ["source", "destination"] {
                #expect(ends.contains(edge[side] as? String ?? ""))
            }
        }
    }

    @Test func isOfTheFlowsThatAreWantedAndTheSameWithAllEvents() throws {
        let wanted = try graph("--port", "53")
        #expect(sum("flows", of: wanted) > 0)
        #expect((wanted["edges"] as? [[String: Any]] ?? []).allSatisfy { $0["port"] as? Int == 53 })
        let all = try graph("-o", "json", "--events", "all")
        #expect(sum("flows", of: all) == sum("flows", of: try graph()))
    }

    /// Tests of charts read the graphs of two captures from files.
    @Test(arguments: ["shop/shop-any", "tenants/tenants"])
    func isWhatWasRecordedForTheTestsOfCharts(name: String) throws {
        let file = folder.path("graph.json")
        let capture = SharedCaptures.own.appendingPathComponent("\(name).pcap")
        #expect(try Command.replay(capture, options: ["--graph", file.path]).status == 0)
        let recorded = SharedCaptures.own.appendingPathComponent("\(name).graph.json")
        #expect(try Data(contentsOf: file) == Data(contentsOf: recorded))
    }

    @Test func saysWhenItCannotBeWritten() throws {
        let outcome = try Command.replay(shop, options: ["--graph", "/nowhere/graph.json"])
        #expect(outcome.status == 1 && outcome.output.isEmpty)
        #expect(outcome.errors == "portolan: cannot write the graph /nowhere/graph.json: No such file or directory\n")
    }
}
