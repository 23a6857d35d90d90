import Graph
import Testing

@testable import Export
@testable import Layout

@Suite("Ways of lines")
struct LinePathTests {
    /// What lines meet in the picture is what they meet in the cells.
    @Test func meetsWhatTheTerminalMeets() {
        let pictures = [Picture.shop, Picture(Shop.graph, columns: 200, rows: 200, hubs: .all), .cyclic]
        for layout in pictures.map(\.layout) {
            let meetings = LineMeetings(layout)
            var (gaps, merges): (Set<ChartPoint>, Set<ChartPoint>) = ([], [])
            for line in layout.lines {
                for piece in line.points.indices.dropLast() {
                    for meeting in meetings.meetings(on: line, piece: piece) {
                        let point = ChartPoint(x: meeting.column, y: line.points[piece].y)
                        if meeting.joins { merges.insert(point) } else { gaps.insert(point) }
                    }
                }
            }
            #expect(gaps.count == layout.figures.gaps && merges.count == layout.figures.merges)
            #expect(merges == meetings.merges && !merges.isEmpty)
        }
    }

    private func layout(exits: [Int]) -> (ChartLayout, PlacedLine) {
        var layout = ChartLayout()
        layout.size = ChartSize(columns: 20, rows: 5)
        let owner = Picture.shop.graph.rows[0].key
        layout.trunks = [
            PlacedTrunk(owner: owner, layer: 0, x: 5, top: 0, bottom: 4, entries: [0], exits: exits, homes: [])
        ]
        let line = PlacedLine(
            edges: [],
            source: owner,
            destination: owner,
            strength: .normal,
            isDropped: false,
            isBack: false,
            points: [ChartPoint(x: 2, y: 2), ChartPoint(x: 10, y: 2)]
        )
        layout.lines = [line]
        return (layout, line)
    }

    @Test func isCutWhereItGoesBeneath() {
        let (layout, line) = layout(exits: [4])
        #expect(LinePath(line, LineMeetings(layout)).text == "M16 50 L39 50 M49 50 L82 50")
    }

    @Test func goesStraightOnWhereOneThatEndsThereJoins() {
        var (layout, line) = layout(exits: [2])
        layout.trunks[0].bottom = 2
        let meetings = LineMeetings(layout)
        #expect(LinePath(line, meetings).text == "M16 50 L82 50")
        var other = line
        other.points = [
            ChartPoint(x: 2, y: 0), ChartPoint(x: 5, y: 0), ChartPoint(x: 5, y: 2), ChartPoint(x: 10, y: 2),
        ]
        #expect(LinePath(other, meetings).text == "M16 10 L44 10 L44 44 Q44 50 50 50 L82 50")
    }
}
