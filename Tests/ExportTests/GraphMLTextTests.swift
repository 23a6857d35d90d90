import Foundation
import Graph
import Testing

@Suite("GraphML", .enabled(if: Tool.hasPython))
struct GraphMLTextTests {
    private static let networkx = """
        import json, sys, networkx
        graph = networkx.read_graphml(sys.argv[1], force_multigraph=True)
        print(json.dumps({"nodes": dict(graph.nodes(data=True)), "edges": [[a, b, d] for a, b, d in graph.edges(data=True)],
            "directed": graph.is_directed()}))
        """

    static var hasNetworkx: Bool {
        Tool.isDemanding || (try? Tool.run("/usr/bin/python3", ["-c", "import networkx"], input: []).status) == 0
    }

    @Test(.enabled(if: GraphMLTextTests.hasNetworkx)) func isReadByNetworkxAsTheGraphThatItIs() throws {
        let picture = Picture.shop
        let read = try #require(try Tool.python(Self.networkx, input: picture.graphML) as? [String: Any])
        let nodes = try #require(read["nodes"] as? [String: [String: Any]])
        let edges = try #require(read["edges"] as? [[Any]])
        #expect(nodes.count == picture.graph.rows.count && edges.count == picture.graph.edges.count)
        #expect(read["directed"] as? Bool == true)
        let orders = try #require(nodes["service_2_shop_2fpg_2dorders"])
        #expect(orders["name"] as? String == "pg-orders" && orders["level"] as? String == "restricted")
        #expect(orders["count"] as? Int == 3 && orders["kind"] as? String == "container")
        let crossing = edges.compactMap { $0.last as? [String: Any] }.filter { $0["crossing"] as? Bool == true }
        #expect(crossing.count == 1 && crossing.first?["port"] as? Int == 5432)
        #expect(crossing.first?["rate"] as? Double == 248_000 && crossing.first?["protocol"] as? String == "tcp")
        #expect(crossing.first?["standing"] as? String == "present" && crossing.first?["flows"] as? Int == 0)
    }

    @Test func givesNamesOfAttackersBackAsTheyAre() throws {
        let program = """
            import json, sys, xml.etree.ElementTree as tree
            root = tree.parse(sys.argv[1]).getroot()
            space = "{http://graphml.graphdrawing.org/xmlns}"
            print(json.dumps({"names": [d.text or "" for d in root.iter(space + "data") if d.get("key") == "name"],
                "tags": sorted({e.tag.removeprefix(space) for e in root.iter()})}))
            """
        let read = try #require(try Tool.python(program, input: Picture.hostile.graphML) as? [String: Any])
        let names = try #require(read["names"] as? [String])
        #expect(names.count == Hostile.names.count)
        for name in ["quote\"; attack [label=\"x", "]]><!--", "--><script>alert(1)</script>", "שלום", ""] {
            #expect(names.contains(name))
        }
        #expect(names.contains("new\u{fffd}line\u{fffd}\u{fffd}"))
        #expect(read["tags"] as? [String] == ["data", "edge", "graph", "graphml", "key", "node"])
    }
}
