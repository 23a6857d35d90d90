package import Graph
package import Layout
package import Terminal

/// A chart as the screen draws it, for whoever prints it: all its lines, nothing chosen, and nothing around it.
package enum ChartPrint {
    /// Lines that a grid has room for: what is higher is better told as a tree.
    package static func hasRoom(for layout: ChartLayout) -> Bool { layout.size.rows <= CellGrid.highest }

    /// `layout` is of `graph`. What is wider than `columns` is cut; names are harmless in cells, whatever they are.
    package static func grid(
        of graph: FoldedGraph,
        _ layout: ChartLayout,
        columns: Int,
        theme: Theme,
        glyphs: GlyphSet
    ) -> CellGrid {
        var grid = CellGrid(width: min(columns, layout.size.columns), height: layout.size.rows, glyphs: glyphs)
        let area = ScreenArea(top: 0, left: 0, width: grid.width, height: grid.height, theme: theme)
        ChartView(graph, layout).draw(on: &grid, in: area)
        return grid
    }
}
