import Addressing
import Export
import Graph
import Layout

/// A graph, its layout and its caption, in all the forms it is written in.
struct Picture: Sendable {
    let graph: FoldedGraph
    let layout: ChartLayout
    var caption = ChartCaption()

    init(_ graph: FoldedGraph, columns: Int = 120, rows: Int = 60, hubs: HubDrawing = .docked) {
        self.graph = graph
        var layouter = ChartLayouter()
        var options = LayoutOptions()
        options.hubs = hubs
        layout = layouter.layout(
            graph,
            size: ChartSize(columns: columns, rows: rows),
            options: options,
            at: Timestamp(nanoseconds: 0),
            width: Self.width
        )
        caption.origin = "shop-host-1"
        caption.loss = "0 %"
    }

    static func width(_ text: String) -> Int { text.count }

    /// Laid out once: that is slow without optimization.
    static let shop = Self(Shop.graph)

    /// Lines that go back, that are dropped, gone and new.
    static let cyclic: Self = {
        var graph = FoldedGraph(rung: .service)
        let keys = (0..<12).map { RowKey(.service, "n\(10 + $0)") }
        graph.rows = keys.map { FoldedRow($0, name: $0.name, members: [EndpointKey(.container, $0.name)]) }
        for (index, source) in keys.enumerated() {
            for step in [1, 4, 7] where (index * step) % 3 != 1 || step == 1 {
                var edge = FoldedEdge(
                    FoldedEdgeKey(source, keys[(index + step) % keys.count], protocolNumber: 6, port: 80),
                    members: []
                )
                edge.rate = Double(index + step) * 1000
                edge.isDropped = index == 3
                edge.standing = index == 5 ? .gone : index == 6 ? .new : .present
                graph.edges.append(edge)
            }
        }
        graph.edges.sort { $0.key < $1.key }
        return Self(graph)
    }()

    /// Names and caption of an attacker.
    static let hostile = madeHostile()

    static func madeHostile() -> Self {
        var picture = Self(Hostile.graph, columns: 420)
        picture.caption.origin = Hostile.names[4]
        picture.caption.filter = Hostile.names[5]
        picture.caption.remarks = Hostile.names
        return picture
    }

    var dot: [UInt8] { DotText.text(of: graph, caption: caption) }
    var mermaid: [UInt8] { MermaidText.text(of: graph, caption: caption) }
    var graphML: [UInt8] { GraphMLText.text(of: graph, caption: caption) }
    var svg: [UInt8] { SVGText.text(of: graph, layout: layout, caption: caption, width: Self.width) }
    var page: [UInt8] { HTMLPage.text(of: graph, layout: layout, caption: caption, width: Self.width) }
}

extension [UInt8] {
    var text: String { String(decoding: self, as: UTF8.self) }
}
