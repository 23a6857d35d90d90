package import Graph
package import Layout

/// A chart as a picture: the same layout, order and lines as in the terminal, a cell of 8 × 20 pixels. Without script and without
/// anything that would have to be fetched.
package struct SVGText {
    let graph: FoldedGraph
    let layout: ChartLayout
    let caption: ChartCaption
    /// How many columns a text takes.
    let width: (String) -> Int
    var svg = MarkupText()
    /// Columns between the frame and what is in it.
    static var margin: Int { 2 }

    /// The same graph, layout and caption give the same bytes. `layout` is of `graph`; `width` tells how many columns a text takes, and is
    /// the one that the layout was made with.
    package static func text(
        of graph: FoldedGraph,
        layout: ChartLayout,
        caption: ChartCaption,
        width: @escaping (String) -> Int
    ) -> [UInt8] {
        var text = MarkupText()
        text.literal("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
        text.append(element(of: graph, layout: layout, caption: caption, width: width))
        text.literal("\n")
        return text.bytes
    }

    /// The element alone, for a page.
    static func element(
        of graph: FoldedGraph,
        layout: ChartLayout,
        caption: ChartCaption,
        width: @escaping (String) -> Int
    ) -> MarkupText {
        var text = Self(graph: graph, layout: layout, caption: caption, width: width)
        text.write()
        return text.svg
    }

    private mutating func write() {
        let lines = caption.lines(graph, layout.figures)
        let widest = lines.map(width).max() ?? 0
        let columns = max(min(widest, 200), layout.size.columns, 72)
        let dock = DockLines(layout, graph, columns: columns, width: width)
        let legend = LegendLines(graph, columns: columns)
        let top = lines.count + 2
        let rows = top + layout.size.rows + 1 + dock.height + legend.height + 1
        let (wide, high) = (Double(columns + 2 * Self.margin) * CellUnit.width, Double(rows) * CellUnit.height)
        svg.open(
            "svg",
            [
                "xmlns": "http://www.w3.org/2000/svg", "class": "chart", "role": "group",
                "width": NumberText.text(wide), "height": NumberText.text(high),
                "viewBox": "0 0 \(NumberText.text(wide)) \(NumberText.text(high))",
            ]
        )
        svg.element("title", text: caption.title)
        svg.literal("<style>")
        svg.literal(ChartStyle.text)
        svg.literal("</style>\n")
        svg.empty(
            "rect",
            [
                "class": "frame", "x": "0.5", "y": "0.5", "width": NumberText.text(wide - 1),
                "height": NumberText.text(high - 1),
            ]
        )
        for (index, line) in lines.enumerated() {
            write(line, column: Self.margin, row: index, classes: index == 0 ? "title" : "fact", columns: columns)
        }
        svg.literal("\n")
        group(column: Self.margin, row: top) { text in
            text.writeLines()
            text.writeRows()
        }
        group(column: Self.margin, row: top + layout.size.rows + 1) { text in text.write(dock) }
        group(column: Self.margin, row: top + layout.size.rows + 1 + dock.height) { text in text.write(legend) }
        svg.close("svg")
    }

    /// What is drawn within stands so many cells further right and down.
    private mutating func group(column: Int, row: Int, _ body: (inout Self) -> Void) {
        let (x, y) = (Double(column) * CellUnit.width, Double(row) * CellUnit.height)
        svg.open("g", ["transform": "translate(\(NumberText.text(x)) \(NumberText.text(y)))"])
        svg.literal("\n")
        body(&self)
        svg.close("g")
        svg.literal("\n")
    }

    /// A text that begins at a cell; what is longer than `columns` is cut. Its length is told, so that every font fits.
    mutating func write(_ text: String, column: Int, row: Int, classes: String, columns: Int) {
        var shown = text
        if width(shown) > columns {
            while !shown.isEmpty, width(shown) >= columns { shown.removeLast() }
            shown += "…"
        }
        let x = Double(column) * CellUnit.width
        svg.element(
            "text",
            [
                "class": classes, "x": NumberText.text(x), "y": NumberText.text(CellUnit.y(row)),
                "textLength": NumberText.text(Double(width(shown)) * CellUnit.width),
                "lengthAdjust": "spacingAndGlyphs",
            ],
            text: shown
        )
    }
}
