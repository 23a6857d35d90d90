import Testing

@testable import Graph

@Suite("Rows that say the same")
struct TwinTests {
    /// A scanner that tries addresses, of which one answers on another port too.
    private func scan(_ count: Int) -> Shop {
        var shop = Shop()
        for number in 0..<count { shop.call(Shop.pod("a", "scanner"), Shop.outside("192.0.\(number + 2).9")) }
        shop.call(Shop.pod("a", "scanner"), Shop.pod("b", "web"))
        shop.call(Shop.pod("a", "web"), Shop.pod("b", "web"), 443)
        return shop
    }

    private func fold(_ shop: Shop, _ change: (inout FoldView) -> Void = { _ in }) -> FoldedGraph {
        var (folder, view) = (shop.folder, FoldView())
        change(&view)
        return folder.fold(view)
    }

    @Test func oneStandsForAllThatAreCalledAlike() {
        let graph = fold(scan(6))
        let joined = graph.joiningTwins()
        #expect(graph.rows.count == 9)
        #expect(joined.rows.count == 4)
        let row = joined.rows.first { !$0.joined.isEmpty }
        #expect(row?.joined.count == 5)
        #expect(row?.members.count == 6)
        #expect(joined.edges.count == 3)
        let edge = joined.edges.first { $0.key.destination == row?.key }
        #expect(edge?.members.count == 6)
        #expect(edge?.counts.sourceBytes == 6 * 600)
        // Nothing is lost, and nothing comes to it.
        #expect(joined.edges.flatMap(\.members).sorted() == graph.edges.flatMap(\.members).sorted())
        #expect(joined.rows.flatMap(\.members).sorted() == graph.rows.flatMap(\.members).sorted())
    }

    @Test func theSameStandsForThemFromFrameToFrame() {
        let graph = fold(scan(6))
        let last = graph.rows.filter(\.isOutside)[3].key
        #expect(graph.joiningTwins(after: [last]).rows.first { !$0.joined.isEmpty }?.key == last)
    }

    @Test func whoIsShownApartIsNotAmongThem() {
        let graph = fold(scan(6))
        let apart = graph.rows.filter(\.isOutside)[3].key
        let joined = graph.joiningTwins(apart: [apart])
        #expect(joined.rows.count == 5)
        #expect(joined.rows.contains { $0.key == apart && $0.joined.isEmpty })
    }

    @Test func whatIsWrongKeepsItsRow() {
        let shop = scan(6)
        let crossing = fold(shop).edges.first { $0.key.destination.name.contains("192.0.4") }?.members ?? []
        #expect(crossing.count == 1)
        let joined = fold(shop) { $0.crossings = Set(crossing) }.joiningTwins()
        #expect(joined.rows.contains { $0.joined.count == 4 })
        #expect(joined.edges.filter(\.isCrossing).count == 1)
        let alert = crossing.map(\.destination)
        #expect(fold(shop) { $0.alerts = Set(alert) }.joiningTwins().rows.contains { $0.joined.count == 4 })
    }

    @Test func callersAreJoinedAsCalleesAre() {
        var shop = Shop()
        for number in 0..<4 {
            for other in 0..<3 { shop.call(Shop.pod("a", "job\(number)"), Shop.pod("b", "db\(other)"), 5432) }
        }
        let joined = fold(shop).joiningTwins()
        #expect(joined.rows.map(\.joined.count) == [3, 2])
        #expect(joined.edges.count == 1)
        #expect(joined.edges.first?.members.count == 12)
    }
}
