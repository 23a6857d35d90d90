import Testing

@testable import Graph

@Suite("Reading a folded graph")
struct FoldReadingTests {
    /// Rows by letters: `ab` is an edge from a to b, later ones lighter.
    private func graph(_ edges: String...) -> FoldedGraph {
        var shop = Shop()
        for (place, edge) in edges.enumerated() {
            let ends = edge.map { Shop.pod("s", String($0)) }
            shop.call(ends[0], ends[1], 80, 6000 - UInt64(place) * 60)
        }
        return shop.fold(FoldView(.service, .window(seconds: 60)))
    }

    private func key(_ name: Character) -> RowKey { RowKey(.service, "s/\(name)@deployment") }

    private func ways(_ paths: RowPaths, _ graph: FoldedGraph) -> [String] {
        paths.paths.map { path in
            (path.first.map { graph.name($0.key.source) } ?? "") + path.map { graph.name($0.key.destination) }.joined()
        }
    }

    @Test func focusListsHeaviestFirstAndHubsApart() {
        let graph = graph("ax", "bx", "xc", "xd", "xh", "ab")
        let focus = RowFocus(on: key("x"), in: graph) { $0.key.destination == key("h") }
        #expect(focus.callers.map { graph.name($0.key.source) } == ["a", "b"])
        #expect(focus.callees.map { graph.name($0.key.destination) } == ["c", "d"])
        #expect(focus.hubs.map { graph.name($0.key.destination) } == ["h"])
    }

    @Test func pathsAreShortestFirstThenThickest() {
        let graph = graph("ab", "bd", "ac", "cd", "ce", "ed", "da")
        #expect(ways(RowPaths(from: key("a"), to: key("d"), in: graph), graph) == ["abd", "acd", "aced"])
        #expect(ways(RowPaths(from: key("d"), to: key("e"), in: graph), graph) == ["dace"])
        #expect(RowPaths(from: key("e"), to: key("e"), in: graph).paths.isEmpty)
        #expect(RowPaths(from: key("a"), to: key("z"), in: graph).paths.isEmpty)
        let declared = RowPaths(from: key("a"), to: key("d"), in: graph) { $0.key.destination != key("b") }
        #expect(ways(declared, graph) == ["acd", "aced"] && !declared.isCut)
    }

    @Test func pathsHaveBounds() {
        var shop = Shop()
        // Everybody calls everybody: more paths than anybody can count.
        for source in 0..<30 {
            for destination in 0..<30 where source != destination {
                shop.call(Shop.pod("s", "n\(source)"), Shop.pod("s", "n\(destination)"))
            }
        }
        func key(_ number: Int) -> RowKey { RowKey(.service, "s/n\(number)@deployment") }
        let paths = RowPaths(from: key(0), to: key(29), in: shop.fold())
        #expect(paths.paths.count == RowPaths.limit && paths.isCut)
        #expect(paths.paths.map(\.count) == [1] + Array(repeating: 2, count: 8))
        for path in paths.paths { #expect(Set(path.map(\.key.source)).count == path.count) }
    }

    @Test func matrixCountsFromWhomToWhom() {
        var shop = Shop()
        shop.call(Shop.outside("shop.example"), Shop.pod("a", "web"), 443)
        shop.call(Shop.pod("a", "web"), Shop.pod("b", "pg"), 5432)
        shop.call(Shop.pod("a", "web"), Shop.pod("a", "cart"))
        shop.levels = [
            EndpointKey(.container, "a-web-0"): 0, EndpointKey(.container, "b-pg-0"): 2,
            EndpointKey(.container, "a-cart-0"): 0,
        ]
        var view = FoldView(.service, .window(seconds: 60))
        view.crossings = Set(shop.graph.edges.keys.filter { $0.port == 5432 })
        var folder = shop.folder
        let graph = folder.fold(view)
        let matrix = LevelMatrix(of: graph, by: .level, folder)
        #expect(matrix.groups.map(\.name) == ["internet", "public", "restricted"])
        #expect(matrix.cells.map { $0.map(\.edges) } == [[0, 1, 0], [0, 1, 1], [0, 0, 0]])
        #expect(
            matrix.cells[1][2].undeclared == 1 && matrix.cells[1][2].rate == 10 && matrix.cells[1][1].undeclared == 0
        )
        #expect(LevelMatrix(of: graph, by: .namespace, folder).groups.map(\.name) == ["internet", "a", "b"])
    }

    @Test func matrixHasABound() {
        var shop = Shop()
        for number in 0..<200 { shop.call(Shop.pod("n\(number)", "a"), Shop.pod("n\(number)", "b")) }
        var folder = shop.folder
        let matrix = LevelMatrix(of: folder.fold(FoldView()), by: .namespace, folder)
        #expect(matrix.groups.count == LevelMatrix.limit && matrix.groups.last?.name == "rest")
        #expect(matrix.cells.joined().reduce(0) { $0 + $1.edges } == 200)
    }

    @Test func namesAreNeverTwoRowsOfALevel() {
        var shop = Shop()
        for space in ["a", "b"] { shop.call(Shop.pod(space, "web"), Shop.pod(space, "cart")) }
        let long = String(repeating: "x", count: 5000)
        shop.call(Shop.compose("p", long + "1"), Shop.compose("p", long + "2"))
        shop.call(Shop.compose("p", "a/web"), Shop.compose("p", ""))
        let names = shop.fold().rows.map(\.name)
        #expect(Set(names).count == names.count && names.contains("a/cart") && names.contains("b/web"))
        #expect(names.allSatisfy { !$0.isEmpty && $0.unicodeScalars.count < RowNames.limit + 12 })
    }
}
