import Addressing
import Graph
@testable import Layout
import Testing

struct InkTests {
    private func drawing(_ edges: [FoldedEdge], _ names: [String], _ glyphs: LineGlyphs = .unicode) -> Drawing {
        var options = LayoutOptions()
        options.hubs = .all
        options.labelWidth = 0
        options.spacesRows = false
        let graph = FoldedGraph.made(names, edges)
        var layouter = ChartLayouter()
        let layout = layouter.layout(
            graph,
            size: ChartSize(columns: 30, rows: 9),
            options: options,
            at: Timestamp(nanoseconds: 0)
        ) { $0.count }
        return Drawing(layout: layout, graph: graph, glyphs: glyphs)
    }

    private func edge(_ source: String, _ target: String, _ rate: Double) -> FoldedEdge {
        var edge = FoldedEdge.between(source, target)
        edge.rate = rate
        return edge
    }

    @Test func classesGoByTheHeaviest() {
        let drawing = drawing(
            [edge("a", "b", 1000), edge("c", "d", 250), edge("e", "f", 249), edge("g", "h", 25), edge("i", "j", 24)],
            ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"]
        )
        var strengths: [String: LineClass] = [:]
        for line in drawing.layout.lines { strengths[line.source.name] = line.strength }
        #expect(strengths == ["a": .busy, "c": .busy, "e": .normal, "g": .normal, "i": .quiet])
    }

    @Test func classChangesOnlyWellPastTheBorderAndAfterThreeSeconds() {
        var layouter = ChartLayouter()
        func strength(_ rate: Double, _ second: Int64) -> LineClass? {
            let graph = FoldedGraph.made(["a", "b", "c", "d"], [edge("a", "b", 1000), edge("c", "d", rate)])
            return layouter.layout(
                graph,
                size: ChartSize(columns: 40, rows: 9),
                at: Timestamp(nanoseconds: second * 1_000_000_000)
            ) { $0.count }.lines.first { $0.source.name == "c" }?.strength
        }
        #expect(strength(100, 0) == .normal)
        #expect(strength(300, 1) == .normal)
        #expect(strength(300, 60) == .normal)
        #expect(strength(400, 61) == .normal)
        #expect(strength(400, 63) == .normal)
        #expect(strength(400, 64) == .busy)
    }

    @Test func whatIsDroppedEndsInAHash() {
        var dropped = edge("a", "b", 1)
        dropped.isDropped = true
        #expect(drawing([dropped], ["a", "b"]).text.contains("#· b"))
        #expect(drawing([edge("a", "b", 1)], ["a", "b"]).text.contains("►· b"))
    }

    @Test func crossingsAreDoubleAndHaveATrunkOfTheirOwn() {
        var crossing = edge("a", "c", 1)
        crossing.isCrossing = true
        let drawing = drawing([edge("a", "b", 9), crossing], ["a", "b", "c"])
        #expect(drawing.text.contains("═►· c"))
        #expect(drawing.layout.lines.count == 2)
    }

    @Test func linesBackComeHomeOnTheRight() {
        let drawing = drawing([edge("a", "b", 9), edge("b", "c", 8), edge("c", "a", 1)], ["a", "b", "c"])
        #expect(drawing.text.contains("◄"))
        #expect(drawing.layout.figures.backEdges == 1)
        #expect(drawing.read == drawing.drawn)
    }

    @Test func gapsAndMergesAreCounted() {
        // a and b both call c: one line joins, none passes beneath another.
        let joined = drawing([edge("a", "c", 2), edge("b", "c", 1), edge("a", "d", 1)], ["a", "b", "c", "d"])
        #expect(joined.layout.figures.gaps == 0)
        #expect(joined.layout.figures.merges == 1)
    }

    @Test func onlyChosenLinesShine() {
        let drawing = drawing([edge("a", "b", 9), edge("a", "c", 8)], ["a", "b", "c"])
        let shine = InkGrid(drawing.layout) { $0.destination.name == "c" }
        let whole = drawing.layout.ink
        var counts = (shine: 0, whole: 0)
        for y in 0..<whole.rows {
            for x in 0..<whole.columns {
                if !shine[x, y].isEmpty { counts.shine += 1 }
                if !whole[x, y].isEmpty { counts.whole += 1 }
                if whole[x, y].isEmpty { #expect(shine[x, y].isEmpty) }
            }
        }
        #expect(counts.shine > 0 && counts.shine < counts.whole)
    }

    @Test(arguments: LineGlyphs.allCases)
    func everyShapeHasItsOwnGlyphInEachClass(_ glyphs: LineGlyphs) {
        let shapes: [[InkSide]] = [
            [.left, .right], [.up, .down], [.down, .right], [.down, .left], [.up, .right], [.up, .left],
            [.up, .down, .right], [.up, .down, .left], [.down, .left, .right], [.up, .left, .right],
            [.up, .down, .left, .right],
        ]
        for strength in LineClass.allCases {
            let characters = shapes.map { sides -> Character in
                var cell = InkCell()
                for side in sides { cell.add(side, strength) }
                return glyphs.glyph(cell)
            }
            #expect(Set(characters).count == shapes.count)
            #expect(glyphs != .ascii || characters.allSatisfy(\.isASCII))
        }
    }

    @Test func aCellTakesTheStrongestClass() {
        var cell = InkCell()
        cell.add(.left, .quiet)
        cell.add(.right, .crossing)
        cell.add(.left, .gone)
        #expect(cell[.left] == .quiet)
        #expect(cell.strength == .crossing)
        #expect(LineGlyphs.unicode.glyph(cell) == "═")
    }
}
