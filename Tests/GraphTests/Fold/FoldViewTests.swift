import Testing

@testable import Graph

@Suite("What a fold is asked for")
struct FoldViewTests {
    private func ads(_ count: Int) -> Shop {
        var shop = Shop()
        for ordinal in 0..<count { shop.call(Shop.pod("s", "ads", ordinal), Shop.pod("s", "pg"), 5432) }
        return shop
    }

    private func key(_ ordinal: Int) -> EndpointKey { EndpointKey(.container, "s-ads-\(ordinal)") }

    @Test func whatHasAnAlertStandsOutOfItsFold() {
        var view = FoldView()
        view.alerts = [key(3)]
        let graph = ads(6).fold(view)
        #expect(graph.names.sorted() == ["ads-7d9c8b6f5d-x3k2q", "ads×5", "pg"])
        #expect(graph.row("ads-7d9c8b6f5d-x3k2q")?.mark == .alert && graph.row("ads")?.mark == nil)
    }

    @Test func noMoreThanFiveStandOutAndTheRestIsCounted() {
        var view = FoldView()
        view.alerts = Set((0..<9).map(key))
        // What somebody chose is not crowded out.
        view.chosen = [key(8)]
        let graph = ads(9).fold(view)
        #expect(graph.rows.count == 5 + 2)
        #expect(
            graph.row("ads")?.alerts == 4 && graph.row("ads")?.members.count == 4 && graph.row("ads")?.mark == .alert
        )
        #expect(graph.rows.contains { $0.members == [key(8)] })
        // A row that is one end already has nothing to stand out of.
        #expect(ads(1).fold(view).names == ["ads", "pg"])
    }

    @Test func marksCrossingsBlockedAndUnsure() {
        var shop = Shop()
        shop.call(Shop.pod("s", "ads"), Shop.pod("s", "pg"), 5432)
        shop.call(Shop.pod("s", "web"), Endpoint(EndpointKey(.namespace, "7"), at: Shop.time(0)))
        var view = FoldView()
        view.crossings = Set(shop.graph.edges.keys.filter { $0.port == 5432 })
        view.blocked = [EndpointKey(.container, "s-web-0")]
        view.isLossy = true
        let graph = shop.fold(view)
        #expect(graph.edge("ads", "pg")?.isCrossing == true && graph.edge("web", "netns 7")?.isCrossing == false)
        #expect(graph.row("ads")?.mark == .alert && graph.row("pg")?.mark == .alert)
        #expect(graph.row("web")?.mark == .blocked && graph.row("netns 7")?.mark == .unsure)
        #expect(graph.edges.allSatisfy { $0.isLowerBound })
    }

    @Test func isUnfoldedAndFoldedByHand() {
        var shop = ads(3)
        shop.call(Shop.pod("s", "web"), Shop.pod("t", "cart"))
        var folder = shop.folder
        var view = FoldView()
        let ads = folder.fold(view).row("ads")
        guard let ads else { return #expect(Bool(false), "no ads") }
        view.choices.unfold(ads.key)
        #expect(folder.fold(view).rows.count == 3 + 3)
        // One of the three folded again folds all of them.
        let one = folder.fold(view).rows.first { $0.key.rung == .end }
        view.choices.fold(one?.key ?? ads.key, into: one.map { folder.parents(of: $0) } ?? [])
        #expect(view.choices.isEmpty && folder.fold(view).rows.count == 4)
        // One rung up: a role, and from there the namespace, which takes in all that is in it.
        view.choices.fold(ads.key, into: folder.parents(of: ads))
        let role = folder.fold(view).rows.first { $0.key.rung == .role }
        guard let role else { return #expect(Bool(false), "no role") }
        view.choices.fold(role.key, into: folder.parents(of: role))
        #expect(folder.fold(view).names.sorted() == ["cart", "s×5"])
        let namespace = folder.fold(view).row("s")
        view.choices.unfold(namespace?.key ?? role.key)
        #expect(view.choices.isEmpty && folder.fold(view).rows.count == 4)
    }

    @Test func chosenRungStaysAndHandsAreBounded() {
        var choices = FoldChoices()
        for number in 0..<(2 * FoldChoices.limit) { choices.unfold(RowKey(.service, "\(number)")) }
        #expect(choices.unfolded.count == FoldChoices.limit)
        choices.choose(.namespace)
        #expect(choices.unfolded.isEmpty && choices.rung == .namespace)
        var view = FoldView()
        view.choices = choices
        #expect(ads(3).fold(view).rung == .namespace)
    }

    @Test func showsWhatMatchesAndItsNeighboursGrey() {
        var shop = Shop()
        shop.call(Shop.pod("s", "web"), Shop.pod("s", "cart"))
        shop.call(Shop.pod("s", "cart"), Shop.pod("s", "pg"), 5432)
        shop.call(Shop.pod("s", "cart"), Shop.pod("s", "pg"), 99)
        shop.call(Shop.pod("s", "pg"), Shop.pod("s", "disk"), 9)
        shop.call(Shop.pod("s", "disk"), Shop.pod("s", "far"), 10)
        var folder = shop.folder
        folder.filter { key, _, _ in key.port == 5432 }
        let graph = folder.fold(FoldView())
        #expect(graph.rows.filter { !$0.isGrey }.map(\.name) == ["cart", "pg"])
        #expect(graph.rows.filter(\.isGrey).map(\.name) == ["disk", "web"])
        #expect(graph.edges.filter { !$0.isGrey }.map(\.key.port) == [5432] && graph.edges.count == 4)
        // What comes later is asked about, too.
        shop.call(Shop.pod("s", "new"), Shop.pod("s", "far"), 5432)
        folder.take(shop.graph.picture)
        #expect(folder.fold(FoldView()).row("new")?.isGrey == false)
        folder.filter(nil)
        #expect(folder.fold(FoldView()).rows.count == 6)
    }

    @Test func countsOnlyWhatMatchesOfAFold() {
        let shop = ads(3)
        var folder = shop.folder
        folder.filter { [key = key(1)] edge, _, _ in edge.source == key }
        let graph = folder.fold(FoldView())
        #expect(graph.names == ["ads", "pg"] && graph.edges.map(\.counts.bytes) == [600])
    }
}
