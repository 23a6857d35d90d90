import Addressing
import Graph
import Layout
import Terminal
import Testing

@testable import Dashboard

@Suite("Printed chart")
struct ChartPrintTests {
    private let now = ShopPicture.time(ShopPicture.last)

    private func folded(_ picture: GraphPicture) -> FoldedGraph {
        var folder = Folder()
        folder.take(picture)
        return folder.fold(FoldView(.service, .window(seconds: 60)))
    }

    private func layout(_ graph: FoldedGraph, columns: Int) -> ChartLayout {
        var layouter = ChartLayouter()
        return layouter.layout(graph, size: ChartSize(columns: columns, rows: 40), at: now) { DisplayWidth().of($0) }
    }

    private func print(_ graph: FoldedGraph, columns: Int, glyphs: GlyphSet = .unicode) -> CellGrid {
        ChartPrint.grid(
            of: graph,
            layout(graph, columns: columns),
            columns: columns,
            theme: Theme(.dark),
            glyphs: glyphs
        )
    }

    /// Cell by cell what the screen shows in the same place.
    @Test(arguments: [80, 100, 160])
    func isTheChartOfTheScreen(columns: Int) {
        var chart = ChartView()
        chart.choices.folds.choose(.service)
        chart.take(ShopPicture.picture(), [:])
        chart.lay(
            out: ChartView.Frame(span: .window(seconds: 60), now: now),
            size: ChartSize(columns: columns, rows: 40)
        )
        let printed = print(folded(ShopPicture.picture()), columns: columns)
        var screen = CellGrid(width: printed.width, height: printed.height)
        chart.draw(
            on: &screen,
            in: ScreenArea(top: 0, left: 0, width: screen.width, height: screen.height, theme: Theme(.dark))
        )
        #expect(printed == screen)
        #expect(printed.lines.contains { $0.contains("front") } && printed.width <= columns)
    }

    @Test func isCutWhereItHasNoRoom() {
        let graph = folded(ShopPicture.picture())
        let layout = layout(graph, columns: 200)
        let grid = ChartPrint.grid(of: graph, layout, columns: 50, theme: Theme(), glyphs: .unicode)
        #expect(grid.width == 50 && layout.size.columns > 50 && grid.height == layout.size.rows)
    }

    @Test func sendsNothingOfNamesButWhatTakesAColumn() {
        let hostile = folded(ShopPicture.picture { _ in "\u{1b}[2J\u{202e}\n漢" })
        for glyphs in GlyphSet.allCases {
            let text = String(decoding: print(hostile, columns: 120, glyphs: glyphs).lines(in: nil), as: UTF8.self)
            #expect(text.contains(glyphs == .unicode ? "�" : "?"))
            #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" || $0 == "\u{202e}" })
            if glyphs == .ascii { #expect(text.utf8.allSatisfy { $0 < 0x7f }) }
        }
    }

    @Test func hasRoomForWhatAGridHolds() {
        var layout = ChartLayout()
        layout.size = ChartSize(columns: 80, rows: CellGrid.highest)
        #expect(ChartPrint.hasRoom(for: layout))
        layout.size.rows += 1
        #expect(!ChartPrint.hasRoom(for: layout))
    }
}
