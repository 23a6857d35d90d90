import Testing

@testable import Graph

@Suite("Folding in time")
struct FoldTimeTests {
    private static func live(_ second: Int64) -> FoldView { FoldView(.service, .live(now: Shop.time(second))) }

    @Test func holdsWhatIsGoneAndForgetsIt() {
        var shop = Shop()
        shop.call(Shop.pod("s", "web"), Shop.pod("s", "cart"), at: 0)
        shop.call(Shop.pod("s", "web"), Shop.pod("s", "pg"), at: 50)
        #expect(shop.fold(Self.live(60)).edges.map(\.standing) == [.present, .present])
        let held = shop.fold(Self.live(90))
        #expect(held.edge("web", "cart")?.standing == .gone && held.edge("web", "pg")?.standing == .present)
        #expect(shop.fold(Self.live(91)).names == ["pg", "web"])
        #expect(shop.fold(Self.live(1000)).rows.isEmpty)
        #expect(shop.fold().rows.count == 3)
    }

    @Test func keepsAFoldWhileOneOfItsEdgesIsThere() {
        var shop = Shop()
        shop.call(Shop.pod("s", "web", 0), Shop.pod("s", "cart"), at: 0)
        shop.call(Shop.pod("s", "web", 1), Shop.pod("s", "cart"), at: 50)
        var folder = shop.folder
        #expect(folder.fold(Self.live(80)).row("web")?.members.count == 2)
        #expect(folder.fold(Self.live(80)).edges.map(\.standing) == [.present])
        let later = folder.fold(Self.live(100))
        #expect(later.row("web")?.members.count == 1 && later.edges.map(\.members.count) == [1])
        // And back, from the same memory.
        #expect(folder.fold(Self.live(80)).edges.map(\.members.count) == [2])
    }

    @Test func takesRatesOfTheLastMinute() {
        var shop = Shop()
        shop.call(Shop.pod("s", "web", 0), Shop.pod("s", "cart"))
        shop.call(Shop.pod("s", "web", 1), Shop.pod("s", "cart"))
        shop.call(Shop.pod("s", "web", 1), Shop.pod("s", "pg"))
        var folder = shop.folder
        var rate = EdgeRate()
        rate.minute.bytes = 40
        rate.second.bytes = 999
        let rates = shop.graph.edges.keys.filter { $0.destination.name == "s-cart-0" }.map { ($0, rate) }
        folder.take(Dictionary(uniqueKeysWithValues: rates))
        let graph = folder.fold(Self.live(1))
        #expect(graph.edge("web", "cart")?.rate == 80)
        #expect(graph.edge("web", "pg")?.rate == nil)
    }

    @Test func hasOnlyWhatAWindowCounted() {
        var shop = Shop()
        shop.call(Shop.pod("s", "web"), Shop.pod("s", "cart"), at: 10)
        shop.call(Shop.pod("s", "web"), Shop.pod("s", "pg"), 80, 1200, at: 70)
        shop.call(Shop.pod("s", "web"), Shop.pod("s", "pg"), 80, 6000, at: 130)
        var folder = shop.folder
        #expect(folder.fold(FoldView()).rows.count == 3)
        let minute: Int64 = 60_000_000_000
        folder.take(shop.graph.picture.during(minute..<3 * minute))
        let graph = folder.fold(FoldView(.service, .window(seconds: 120)))
        #expect(graph.lines == ["web>pg:80 7200"] && graph.edges.map(\.rate) == [60])
        #expect(graph.names == ["pg", "web"])
    }

    @Test func findsEndsAgainWhateverTheirOrderIs() {
        var shop = Shop()
        var folder = shop.folder
        for round in 0..<40 {
            for number in 0..<10 {
                shop.call(Shop.pod("n\(round)", "web", number), Shop.pod("n\(number)", "cart"), at: Int64(round))
            }
            folder.take(shop.graph.picture)
            #expect(folder.fold(FoldView()) == shop.fold())
            #expect(folder.fold(FoldView(.role)) == shop.fold(FoldView(.role)))
        }
    }

    @Test func followsAnEndWhoseNameIsToldLater() {
        var shop = Shop()
        shop.call(Shop.end("s-web-0") { _ in }, Shop.pod("s", "cart"))
        var folder = shop.folder
        #expect(folder.fold(FoldView()).names == ["s-web-0", "cart"])
        shop.call(Shop.pod("s", "web"), Shop.pod("s", "cart"))
        folder.take(shop.graph.picture)
        #expect(folder.fold(FoldView()).names == ["cart", "web"])
        // A name alone: the rows are those that they were.
        var named = Shop.pod("s", "web")
        named.name = "renamed"
        #expect(folder.fold(FoldView(.end)).row("renamed") == nil)
        shop.call(named, Shop.pod("s", "cart"))
        folder.take(shop.graph.picture)
        #expect(folder.fold(FoldView(.end)).row("renamed") != nil)
    }

    @Test func tellsWhatIsNewGoneAndChanged() {
        var before = Shop()
        before.call(Shop.pod("s", "web"), Shop.pod("s", "cart"))
        before.call(Shop.pod("s", "web"), Shop.pod("s", "pg"))
        before.call(Shop.pod("s", "web"), Shop.pod("s", "old"))
        var after = Shop()
        // Another pod of the same service is the same edge.
        after.call(Shop.pod("s", "web", 7), Shop.pod("s", "cart"))
        after.call(Shop.pod("s", "web", 7), Shop.pod("s", "pg"), 80, 6000)
        after.call(Shop.pod("s", "ads"), Shop.pod("s", "pg"))
        var folder = after.folder
        folder.compare(with: before.graph.picture, seconds: 60)
        let graph = folder.fold(FoldView(.service, .window(seconds: 60)))
        #expect(graph.edge("web", "cart")?.standing == .present)
        #expect(graph.edge("web", "pg")?.standing == .changed && graph.edge("web", "pg")?.earlierRate == 10)
        #expect(graph.edge("web", "old")?.standing == .gone && graph.edge("ads", "pg")?.standing == .new)
        #expect(graph.row("old")?.mark == .removed && graph.row("ads")?.mark == .added && graph.row("web")?.mark == nil)
        // Ten times as long, ten times as much: nothing has changed.
        #expect(folder.fold(FoldView(.service, .window(seconds: 600))).edge("web", "pg")?.standing == .present)
        folder.compare(with: nil)
        #expect(folder.fold(FoldView()).edges.allSatisfy { $0.standing == .present })
        #expect(folder.fold(FoldView()).names == ["ads", "cart", "pg", "web"])
    }
}
