import Testing

@testable import Graph

@Suite("Tree of a folded graph")
struct FoldTreeTests {
    private func text(_ graph: FoldedGraph, _ isDocked: (FoldedEdge) -> Bool = { _ in false }) -> [String] {
        FoldTree(graph, isDocked: isDocked).text(of: graph, printable: { $0 })
    }

    private var shop: Shop {
        var shop = Shop()
        shop.call(Shop.outside("shop.example"), Shop.pod("s", "ingress"), 443, 72_000_000 * 60)
        shop.call(Shop.pod("s", "ingress"), Shop.pod("s", "frontend", 0), 8080, 37_000_000 * 60)
        shop.call(Shop.pod("s", "ingress"), Shop.pod("s", "frontend", 1), 8080, 60)
        shop.call(Shop.pod("s", "frontend"), Shop.pod("s", "catalog"), 3550, 33_000_000 * 60)
        shop.call(Shop.pod("s", "frontend"), Shop.pod("s", "checkout"), 5050, 5_000_000 * 60)
        shop.call(Shop.pod("s", "checkout"), Shop.pod("s", "catalog"), 3550, 1_300_000 * 60)
        shop.call(Shop.pod("s", "frontend"), Shop.pod("s", "ads"), 9555, 4200 * 60)
        shop.call(Shop.pod("s", "ads"), Shop.pod("s", "pg"), 5432, 248_000 * 60)
        shop.call(Shop.pod("s", "catalog"), Shop.pod("s", "pg"), 5432, 44_000_000 * 60)
        shop.call(Shop.pod("s", "etl"), Shop.pod("s", "pg"), 5432, 60)
        shop.levels = [EndpointKey(.container, "s-pg-0"): 2]
        return shop
    }

    @Test func hasEveryEdgeOnceAndPointsBack() {
        var view = FoldView(.service, .window(seconds: 60))
        view.crossings = Set(shop.graph.edges.keys.filter { $0.source.name == "s-ads-0" })
        #expect(
            text(shop.fold(view)) == [
                "o shop.example", "`- . ingress  :443/tcp  72M", "   `- . frontend x2  :8080/tcp  37M",
                "      |- . catalog  :3550/tcp  33M", "      |  `- R!pg  :5432/tcp  44M",
                "      |- . checkout  :5050/tcp  5.0M", "      |  `- . catalog ^  :3550/tcp  1.3M",
                "      `- .!ads  :9555/tcp  4.2k", "         `- R!pg ^  :5432/tcp  248k  ! crossing",
                ". etl", "`- R!pg ^  :5432/tcp  1",
            ]
        )
    }

    @Test func leavesOutWhatIsDocked() {
        let graph = shop.fold()
        #expect(!text(graph) { $0.key.port == 5432 }.contains { $0.contains("pg") || $0.contains("etl") })
    }

    @Test func endsInCirclesAndIsBoundedInDepth() {
        var shop = Shop()
        let count = 100
        for number in 0..<count { shop.call(Shop.pod("s", "n\(number)"), Shop.pod("s", "n\((number + 1) % count)")) }
        shop.call(Shop.pod("s", "n0"), Shop.pod("s", "n0"))
        let graph = shop.fold()
        let tree = FoldTree(graph)
        #expect(tree.lines.compactMap(\.edge).sorted() == graph.edges.map(\.key) && graph.edges.count == count)
        #expect(tree.lines.allSatisfy { $0.rails.count <= FoldTree.depth })
        #expect(tree.lines.count { $0.place == .below } == count / FoldTree.depth)
        #expect(text(graph).contains { $0.hasSuffix("n0 (to itself) ^  :80/tcp") })
    }

    @Test func hasOneLineForEachWhateverNamesHave() {
        var shop = Shop()
        shop.call(Shop.compose("p", "a\nb\u{1b}[31m"), Shop.compose("p", "\r\n"))
        let graph = shop.fold()
        let lines = FoldTree(graph).text(of: graph) {
            String($0.unicodeScalars.filter { $0 == "\n" || $0.value >= 32 }.map(Character.init))
        }
        #expect(lines.count == 2 && !lines.joined().contains("\n") && !lines.joined().contains("\u{1b}"))
    }
}
