import Addressing
import Graph
import Layout
import Testing

struct StabilityTests {
    struct Sums {
        var rows = 0
        var moved = 0
        var cells = 0
        var changed = 0
    }

    /// Sums over some seconds of churn; each frame is read back as well.
    private func run(_ graph: FoldedGraph, _ size: ChartSize, seconds: Int, seed: UInt64, tidies: Bool = false) -> Sums
    {
        var options = LayoutOptions()
        options.saysLess = false
        options.effort = 50_000
        var layouter = ChartLayouter()
        var churn = Churn(graph, seed: seed)
        _ = layouter.layout(graph, size: size, options: options, at: Timestamp(nanoseconds: 0)) { $0.count }
        var sums = Sums()
        for second in 1...seconds {
            if tidies { layouter.tidy() }
            let now = Timestamp(nanoseconds: Int64(second) * 1_000_000_000)
            let graph = churn.next()
            let layout = layouter.layout(graph, size: size, options: options, at: now) { $0.count }
            sums.rows += layout.rows.count
            sums.moved += layout.figures.movedRows
            sums.cells += layout.size.columns * layout.size.rows
            sums.changed += layout.figures.changedCells
            let drawing = Drawing(layout: layout, graph: graph, glyphs: .unicode)
            #expect(drawing.read == drawing.drawn)
        }
        return sums
    }

    @Test(arguments: [UInt64(1), 2, 3])
    func rowsOfTheShopStandStill(_ seed: UInt64) {
        let sums = run(Shop.graph, ChartSize(columns: 120, rows: 24), seconds: 40, seed: seed)
        #expect(sums.moved * 100 <= sums.rows)
        #expect(sums.changed * 100 <= sums.cells * 10)
    }

    @Test func rowsOfManyServicesStandStill() {
        let sums = run(Namespaces.graph(), ChartSize(columns: 240, rows: 60), seconds: 12, seed: 1)
        #expect(sums.moved == 0)
        #expect(sums.changed * 100 <= sums.cells * 10)
    }

    @Test func rowsMoveWhereEverythingIsLaidOutAnew() {
        let kept = run(Shop.graph, ChartSize(columns: 120, rows: 24), seconds: 10, seed: 1)
        let anew = run(Shop.graph, ChartSize(columns: 120, rows: 24), seconds: 10, seed: 1, tidies: true)
        #expect(anew.moved > kept.moved)
    }

    @Test func comesBackWhereItStood() {
        var layouter = ChartLayouter()
        let size = ChartSize(columns: 120, rows: 24)
        func layout(_ graph: FoldedGraph, _ second: Int64) -> ChartLayout {
            layouter.layout(graph, size: size, at: Timestamp(nanoseconds: second * 1_000_000_000)) { $0.count }
        }
        let first = layout(Shop.graph, 0)
        var without = Shop.graph
        without.edges.removeAll { $0.key.source == Shop.key("payment") || $0.key.destination == Shop.key("payment") }
        let held = layout(without, 20)
        #expect(held.rows.contains { $0.key == Shop.key("payment") })
        let gone = layout(without, 60)
        #expect(!gone.rows.contains { $0.key == Shop.key("payment") })
        let back = layout(Shop.graph, 200)
        #expect(back.rows.map(\.y) == first.rows.map(\.y))
        #expect(back.rows.map(\.layer) == first.rows.map(\.layer))
    }

    @Test func aLongerNameGetsItsColumnsWhereThereAreSome() {
        var layouter = ChartLayouter()
        func widths(_ columns: Int, _ name: String) -> [Int] {
            var graph = FoldedGraph.made(["a", "b"], [.between("a", "b")])
            graph.rows[0].name = name
            let size = ChartSize(columns: columns, rows: 10)
            return layouter.layout(graph, size: size, at: Timestamp(nanoseconds: 0)) { $0.count }.rows.map(\.width)
        }
        let short = widths(60, "a")
        let long = widths(60, "a-much-longer-name")
        #expect(long[0] > short[0] && long[1] == short[1])
        // Short again, nothing moves.
        #expect(
            layouter.layout(
                .made(["a", "b"], [.between("a", "b")]),
                size: ChartSize(columns: 60, rows: 10),
                at: Timestamp(nanoseconds: 0)
            ) { $0.count }.layers[1].x > 18
        )
        // Where there are none, it is cut as before.
        #expect(widths(12, "a")[0] == 3)
        #expect(widths(12, "a-much-longer-name")[0] < 10)
    }

    @Test func theSameInputGivesTheSameChart() {
        var one = ChartLayouter()
        var other = ChartLayouter()
        var first = Churn(Shop.graph, seed: 5)
        var second = Churn(Shop.graph, seed: 5)
        for step in Int64(1)...5 {
            let now = Timestamp(nanoseconds: step * 1_000_000_000)
            let size = ChartSize(columns: 100, rows: 20)
            #expect(
                one.layout(first.next(), size: size, at: now) { $0.count }
                    == other.layout(second.next(), size: size, at: now) { $0.count }
            )
        }
    }
}
