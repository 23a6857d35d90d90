import Foundation
import Graph
import Testing

@Suite("dot")
struct DotTextTests {
    /// What Graphviz itself reads, as it tells it in JSON.
    private func read(_ dot: [UInt8]) throws -> [String: Any] {
        let outcome = try Tool.run("/usr/bin/dot", ["-Tdot_json"], input: dot)
        try #require(outcome.status == 0)
        return try #require(JSONSerialization.jsonObject(with: outcome.output) as? [String: Any])
    }

    @Test(.enabled(if: Tool.hasDot)) func isReadByGraphvizAsTheGraphThatItIs() throws {
        let picture = Picture.shop
        let read = try read(picture.dot)
        let nodes = try #require(read["objects"] as? [[String: Any]])
        let edges = try #require(read["edges"] as? [[String: Any]])
        #expect(nodes.count == picture.graph.rows.count && edges.count == picture.graph.edges.count)
        let ads = try #require(nodes.first { $0["name"] as? String == "service_0_shop_2fads" })
        #expect(ads["label"] as? String == "P!ads" && ads["level"] as? String == "public")
        let crossing = edges.filter { ($0["color"] as? String)?.contains(":") == true }
        #expect(crossing.count == 1)
        #expect(crossing.first?["label"] as? String == "5432/tcp 248k undeclared crossing")
    }

    @Test(.enabled(if: Tool.hasDot)) func keepsNamesOfAttackersInTheirLabels() throws {
        let picture = Picture.hostile
        let read = try read(picture.dot)
        let nodes = try #require(read["objects"] as? [[String: Any]])
        #expect(nodes.count == Hostile.names.count)
        #expect((read["edges"] as? [Any])?.count == picture.graph.edges.count)
        let labels = nodes.compactMap { $0["label"] as? String }
        #expect(labels.contains { $0.contains("attack [label=") })
        let svg = try Tool.run("/usr/bin/dot", ["-Tsvg"], input: picture.dot)
        #expect(svg.status == 0)
        // What the reader of the picture sees is the name, not what dot makes of escapes.
        #expect(svg.text.contains("&amp;lt;&amp;amp;\\N\\G"))
        #expect(!svg.text.contains("<script"))
    }
}
