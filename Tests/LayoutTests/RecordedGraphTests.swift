import Addressing
import Graph
import Layout
import Testing

/// What holds of graphs made by lot holds of those that real packets made.
struct RecordedGraphTests {
    private static let size = ChartSize(columns: 200, rows: 60)

    private func fold(_ picture: GraphPicture, _ rung: Rung) -> FoldedGraph {
        var folder = Folder()
        folder.take(picture)
        return folder.fold(FoldView(rung))
    }

    private func layout(_ graph: FoldedGraph, hubs: HubDrawing = .docked, size: ChartSize = Self.size) -> ChartLayout {
        var options = LayoutOptions()
        options.hubs = hubs
        options.saysLess = false
        options.effort = 2000
        var layouter = ChartLayouter()
        return layouter.layout(graph, size: size, options: options, at: Timestamp(nanoseconds: 0)) { $0.count }
    }

    /// As fine as somebody would look at them: five hundred ends in a chart are no chart.
    private static let views = RecordedGraph.allCases.flatMap { graph in
        (graph == .fiveHundredPods ? [Rung.service, .role] : [.end, .service]).map { (graph, $0) }
    }

    @Test(arguments: views)
    func everyLineCanBeReadAndNoOther(recorded: RecordedGraph, rung: Rung) {
        let graph = fold(recorded.picture, rung)
        #expect(graph.rows.count > 3)
        for hubs in [HubDrawing.docked, .all] {
            let layout = layout(graph, hubs: hubs)
            for glyphs in [LineGlyphs.unicode, .ascii] {
                let drawing = Drawing(layout: layout, graph: graph, glyphs: glyphs)
                #expect(drawing.read == drawing.drawn, "\(drawing.text)")
            }
            let figures = layout.figures
            #expect(figures.edgesDrawn + figures.edgesDocked + selfEdges(graph) == graph.edges.count)
        }
    }

    private func selfEdges(_ graph: FoldedGraph) -> Int {
        graph.edges.count { $0.key.source == $0.key.destination }
    }

    @Test(arguments: views)
    func foldingLosesNothing(recorded: RecordedGraph, rung: Rung) {
        let picture = recorded.picture
        let graph = fold(picture, rung)
        let bytes = picture.edges.values.reduce(0) { $0 + $1.counts.bytes }
        #expect(bytes > 0 && graph.edges.reduce(0) { $0 + $1.counts.bytes } == bytes)
        let members = graph.rows.flatMap(\.members)
        #expect(members.count == Set(members).count)
        // Of twins one counts; the other's edges have nothing to say.
        let spoken = picture.edges.filter { !$0.value.counts.isZero }
        #expect((spoken.count < picture.edges.count) == (recorded == .shop))
        #expect(Set(members) == Set(spoken.keys.flatMap { [$0.source, $0.destination] }))
    }

    @Test func rowsOfARecordedShopStandStill() {
        let graph = fold(RecordedGraph.shop.picture, .service)
        var options = LayoutOptions()
        options.effort = 2000
        var layouter = ChartLayouter()
        var churn = Churn(graph, seed: 3)
        var (rows, moved) = (0, 0)
        for second in Int64(0)..<40 {
            let now = Timestamp(nanoseconds: second * 1_000_000_000)
            let layout = layouter.layout(churn.next(), size: Self.size, options: options, at: now) { $0.count }
            rows += layout.rows.count
            moved += layout.figures.movedRows
        }
        #expect(rows > 0 && moved * 100 <= rows)
    }

    @Test func fiveThousandEndsFoldUntilTheyFit() {
        let degrees = GraphDegrees(RecordedGraph.shop.picture)
        let crowd = GraphCrowd(degrees)
        #expect(crowd.picture.edges.count == 20_000 && crowd.picture.endpoints.count >= 4990)
        var folder = Folder()
        folder.take(crowd.picture)
        let rung = folder.finest(FoldView(.service), rows: 180).rung
        #expect(rung > .service)
        let graph = folder.fold(FoldView(rung))
        let layout = layout(graph)
        let drawing = Drawing(layout: layout, graph: graph, glyphs: .unicode)
        #expect(drawing.read == drawing.drawn)
    }

    /// Most ask few, a few are asked by many: in the crowd as in what was recorded.
    @Test func aCrowdIsAsUnevenAsWhatWasRecorded() {
        let recorded = GraphDegrees(RecordedGraph.shop.picture)
        let crowd = GraphCrowd(recorded).picture
        var folder = Folder()
        folder.take(crowd)
        var asked: [RowKey: Int] = [:]
        for edge in folder.fold(FoldView(.service)).edges { asked[edge.key.destination, default: 0] += 1 }
        /// Of all that is asked, what the tenth that is asked most gets.
        func share(_ counts: [Int]) -> Double {
            let sorted = counts.filter { $0 > 0 }.sorted(by: >)
            let all = sorted.reduce(0, +)
            return Double(sorted.prefix(max(sorted.count / 10, 1)).reduce(0, +)) / Double(max(all, 1))
        }
        let (made, wanted) = (share(Array(asked.values)), share(recorded.asked))
        #expect(wanted > 0.4 && abs(made - wanted) < 0.25, "\(made) \(wanted)")
    }
}
