import Addressing
import Containers
import Testing

@testable import Graph

@Suite("Bounds of folding")
struct FoldBoundTests {
    @Test func strangersDoNotBecomeRowsWithoutEnd() {
        var shop = Shop()
        let web = Shop.pod("s", "web")
        for number in 0..<500 {
            shop.call(Shop.outside("198.51.\(number % 256).\(number / 256 + 1)"), web, at: Int64(number))
            shop.call(web, Shop.outside("name\(number).example"), at: Int64(number))
            let address = "10.\(number / 256).\(number % 256).9"
            for kind in [EndpointKind.vacant, .address] {
                shop.call(web, Shop.outside(address, kind: kind), at: Int64(number))
            }
            shop.call(Shop.end("\(number)") { _ in }, web)
        }
        for rung in Rung.allCases where rung != .end {
            let graph = shop.fold(FoldView(rung))
            #expect(
                graph.rows.count <= 100 && graph.rows.reduce(0) { $0 + $1.members.count } == shop.graph.endpoints.count
            )
        }
        let graph = shop.fold()
        // Domains that were there first keep their rows; one network is no better than another.
        #expect(graph.row("name0.example") != nil && graph.row("internet")?.isOutside == true)
        #expect(graph.rows.count { $0.isOutside } <= 1 + StrangerRow.domain.kept)
        #expect(shop.fold(FoldView(.end)).rows.count == shop.graph.endpoints.count)
    }

    @Test func domainsSeenFirstKeepTheirRows() {
        var shop = Shop()
        for number in 0..<40 { shop.call(Shop.pod("s", "web"), Shop.outside("n\(number).shop.example")) }
        #expect(shop.fold().rows.count == 2)
        var distinct = Shop()
        for number in 0..<40 {
            var end = Shop.outside("api.n\(number).test\(number)")
            (end.first, end.last) = (Shop.time(Int64(number)), Shop.time(Int64(number)))
            distinct.call(Shop.pod("s", "web"), end)
        }
        let rows = distinct.fold().rows.filter(\.isOutside)
        #expect(rows.count == StrangerRow.domain.kept + 1)
        #expect(rows.contains { $0.name == "n0.test0" } && rows.first { $0.name == "internet" }?.members.count == 24)
        // Whoever wants to see them unfolds the row.
        var view = FoldView()
        view.choices.unfold(rows.first { $0.name == "internet" }?.key ?? rows[0].key)
        #expect(distinct.fold(view).rows.count == 41)
    }

    @Test func oneRowMoreOrLessDoesNotFoldInTurn() {
        var shop = Shop()
        for number in 0...StrangerRow.network.limit {
            shop.call(Shop.outside("198.51.\(number).1"), Shop.pod("s", "web"), at: Int64(number))
        }
        var folder = shop.folder
        func rows(_ second: Int64) -> Int {
            folder.fold(FoldView(.service, .live(now: Shop.time(second), silence: 100, held: 0))).rows.count
        }
        #expect(rows(100) == 2)
        #expect(rows(101) == 2)
        #expect(rows(104) == 2)
        #expect(rows(105) == 1 + 4)
    }

    @Test func portsOfTwoRowsHaveABound() {
        var shop = Shop()
        for port in UInt16(1)...60 {
            shop.call(Shop.pod("s", "scan"), Shop.pod("s", "web"), port, 100, at: Int64(100 - port))
        }
        let edges = shop.fold().edges
        #expect(edges.count == FoldIndex.ports + 1)
        #expect(edges.compactMap(\.key.port) == Array(45...60))
        #expect(edges.first?.key.port == nil && edges.first?.counts.bytes == 4400)
    }

    @Test func namesOfOthersDoNotPassForRowsOfOurs() {
        var shop = Shop()
        for space in [":internet", "internet", "a/b", "a%2Fb", "host", "no namespace", ":host", ""] {
            shop.call(Shop.pod(space, "x"), Shop.outside("192.0.2.7"))
        }
        shop.call(Shop.pod("a", "b/x"), Endpoint(EndpointKey(.host, "node"), at: Shop.time(0)))
        let graph = shop.fold(FoldView(.namespace))
        #expect(graph.rows.filter(\.isOutside).map { $0.members.count } == [1])
        #expect(graph.rows.count == 1 + 8 + 1 + 1)
        #expect(shop.fold().rows.count == 1 + 8 + 1 + 1)
    }

    @Test func hostileNamesAreRowsLikeOthers() {
        let names = [
            "", "0", "1234567", String(repeating: "-", count: 3000), "\u{202e}abc", "é\u{301}-1", "👩‍👩‍👧-2", "\0", "-",
            "_1",
        ]
        var shop = Shop()
        for (place, name) in names.enumerated() {
            shop.call(Shop.end("c\(place)") { ($0.name, $0.image) = (name, name) }, Shop.compose(name, name))
        }
        for rung in Rung.allCases {
            let graph = shop.fold(FoldView(rung))
            #expect(graph.rows.reduce(0) { $0 + $1.members.count } == shop.graph.endpoints.count)
            #expect(graph.rows.count <= shop.graph.endpoints.count)
        }
    }

    @Test func manyEndsBecomeFewRows() {
        var shop = Shop()
        var state: UInt64 = 7
        func random(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        // As many edges as ends have in what was recorded: a few are called by nearly all, most by two or three.
        for _ in 0..<3000 {
            let callee = random(3) == 0 ? random(3) : random(28)
            shop.call(
                Shop.pod("n\(random(5))", "s\(random(28))", random(36)),
                Shop.pod("n\(random(5))", "s\(callee)", random(36))
            )
        }
        #expect(shop.fold(FoldView(.role)).rows.count == 28)
        #expect(shop.fold(FoldView(.namespace)).rows.count == 5)
        #expect(shop.fold(FoldView(.end)).rows.count == shop.graph.endpoints.count)
        #expect(shop.fold().rows.count == 140)
    }
}
