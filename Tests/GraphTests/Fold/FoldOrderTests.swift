import Testing

@testable import Graph

/// Edges come in the order of a hash table, which is another one in every run.
@Suite("Order of what is summed")
struct FoldOrderTests {
    /// 500 edges that fold into one.
    private static let picture: GraphPicture = {
        var shop = Shop()
        for place in 0..<500 {
            let bytes = 1_000_003 * UInt64(place + 1)
            shop.call(Shop.pod("s", "web", place % 25), Shop.pod("s", "pg", place / 25), 5432, bytes)
        }
        return shop.graph.picture
    }()

    private func fold(_ picture: GraphPicture, _ rates: [EdgeKey: EdgeRate], _ span: FoldSpan) -> FoldedGraph {
        var folder = Folder()
        folder.take(picture)
        folder.take(rates)
        return folder.fold(FoldView(.service, span))
    }

    /// The same edges in a hash table of another size.
    private func reordered(room: Int) -> GraphPicture {
        var edges: [EdgeKey: Edge] = [:]
        edges.reserveCapacity(room)
        for (key, edge) in Self.picture.edges { edges[key] = edge }
        let picture = Self.picture
        return GraphPicture(
            endpoints: picture.endpoints,
            edges: edges,
            minutes: picture.minutes,
            folding: picture.folding
        )
    }

    @Test(arguments: [FoldSpan.window(seconds: 7), .window(seconds: 0.3), .whole])
    func makesNoDifference(span: FoldSpan) {
        let rates = Self.picture.edges.mapValues { edge in
            var rate = EdgeRate()
            rate.minute.bytes = edge.counts.bytes / 7
            return rate
        }
        let expected = fold(Self.picture, rates, span)
        #expect(expected.edges.count == 1 && (expected.edges.first?.rate ?? 0) > 1e9)
        for room in [2000, 8000, 32_000] {
            let other = reordered(room: room)
            // Else this would say nothing.
            #expect(Array(other.edges.keys) != Array(Self.picture.edges.keys))
            #expect(fold(other, rates, span) == expected)
        }
    }

    @Test func rateIsUnknownWhereNoneIsTold() {
        #expect(fold(Self.picture, [:], .whole).edges.first.map { $0.rate == nil } == true)
        let one = Self.picture.edges.keys.prefix(1).map { ($0, EdgeRate()) }
        #expect(fold(Self.picture, Dictionary(uniqueKeysWithValues: one), .whole).edges.first?.rate == 0)
    }
}
