import Addressing
import Graph
import Layout
import Testing

/// Every line drawn can be followed from its caller to its callee, and no other.
struct ReadBackTests {
    static let size = ChartSize(columns: 200, rows: 60)

    private func options(_ seed: UInt64) -> LayoutOptions {
        var options = LayoutOptions()
        options.hubs = .all
        options.saysLess = false
        options.labelWidth = 0
        options.effort = 1000
        options.spacesRows = seed.isMultiple(of: 2)
        return options
    }

    @Test(arguments: 0..<8)
    func readsEveryDrawnEdgeOfRandomGraphsAndNoOther(_ part: UInt64) {
        for seed in part * 125 + 1...part * 125 + 125 {
            let graph = FoldedGraph.random(seed)
            var layouter = ChartLayouter()
            // Narrow ones too: what does not fit is drawn all the same.
            let size = ChartSize(columns: seed.isMultiple(of: 3) ? 60 : 200, rows: 60)
            let layout = layouter.layout(graph, size: size, options: options(seed), at: Timestamp(nanoseconds: 0)) {
                $0.count
            }
            for glyphs in LineGlyphs.allCases where glyphs != .console || seed.isMultiple(of: 10) {
                guard isRead(layout, graph, glyphs, "seed \(seed)") else { return }
            }
        }
    }

    private func isRead(_ layout: ChartLayout, _ graph: FoldedGraph, _ glyphs: LineGlyphs, _ what: String) -> Bool {
        let drawing = Drawing(layout: layout, graph: graph, glyphs: glyphs)
        let read = drawing.read
        let drawn = drawing.drawn
        #expect(drawn == graph.pairs)
        let lost = drawn.subtracting(read).sorted()
        let invented = read.subtracting(drawn).sorted()
        #expect(read == drawn, "\(what): lost \(lost), invented \(invented)\n\(drawing.text)")
        return read == drawn
    }

    @Test(arguments: 0..<4)
    func readsChartsThatGrewFrameByFrame(_ part: UInt64) {
        for seed in part * 10 + 1...part * 10 + 10 {
            let whole = FoldedGraph.random(seed &* 7919)
            var generator = SeededGenerator(seed)
            var graph = whole
            graph.edges = []
            var layouter = ChartLayouter()
            for second in 0..<20 {
                for edge in whole.edges where Int.random(in: 0..<6, using: &generator) == 0 {
                    if let index = graph.edges.firstIndex(where: { $0.key == edge.key }) {
                        graph.edges.remove(at: index)
                    } else {
                        graph.edges.append(edge)
                    }
                }
                graph.edges.sort { $0.key < $1.key }
                let now = Timestamp(nanoseconds: Int64(second) * 1_000_000_000)
                let layout = layouter.layout(graph, size: Self.size, options: options(seed), at: now) { $0.count }
                let glyphs: LineGlyphs = second.isMultiple(of: 2) ? .ascii : .unicode
                guard isRead(layout, graph, glyphs, "seed \(seed) second \(second)") else { return }
            }
        }
    }
}

extension FoldedGraph {
    var pairs: Set<ChartReader.Pair> {
        Set(edges.map { ChartReader.Pair(source: $0.key.source, destination: $0.key.destination) })
    }
}
