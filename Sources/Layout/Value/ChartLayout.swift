package import Graph

/// Where everything stands, in cells: `x` columns from the left, `y` lines from the top.
package struct ChartLayout: Hashable, Sendable {
    /// In the graph's order.
    package var rows: [PlacedRow] = []
    package var trunks: [PlacedTrunk] = []
    /// Weakest first, so that what is drawn later may cover what was drawn before.
    package var lines: [PlacedLine] = []
    package var hubs: [DockedHub] = []
    /// Rows of which nothing is drawn but what hubs they have to do with.
    package var quiet: [RowKey] = []
    /// The whole drawing, also what does not fit.
    package var size = ChartSize(columns: 0, rows: 0)
    /// Where the name column of each layer begins, and how wide it is.
    package var layers: [LayerColumn] = []
    /// Lines of text from one row to the next: 1 or 2.
    package var spacing = 1
    /// Columns kept for a label before each arrow.
    package var labelWidth = 0
    /// Whether all of it is on the screen.
    package var fits = true
    /// The layers on the screen. Where they are not all, the screen shows the drawing from `firstColumn` on.
    package var visibleLayers = 0..<0
    package var firstColumn = 0
    /// What part of all bytes the drawn edges carry, where the ink budget left some out; else 1.
    package var drawnShare = 1.0
    package var figures = LayoutFigures()
    /// The cells.
    package var ink = InkGrid(columns: 0, rows: 0)

    package init() {}
}

/// The place of the names of one layer.
package struct LayerColumn: Hashable, Sendable {
    package var x: Int
    package var width: Int
}

/// A row of the chart and its place.
package struct PlacedRow: Hashable, Sendable {
    package var key: RowKey
    /// Into the rows of the graph.
    package var index: Int
    package var layer: Int
    package var x: Int
    package var y: Int
    /// Columns for level letter, mark, name and number; the rest of it is cut.
    package var width: Int
}

/// A vertical line: who enters it from the left is joined with all it leaves for.
package struct PlacedTrunk: Hashable, Sendable {
    /// The first of those whose line it is.
    package var owner: RowKey
    /// It stands right of this layer.
    package var layer: Int
    package var x: Int
    package var top: Int
    package var bottom: Int
    /// Lines where it is entered from the left, where it leaves to the right, and where it goes home to the left.
    package var entries: [Int]
    package var exits: [Int]
    package var homes: [Int]
    /// The line where it is entered from the right: what comes back from layers further on.
    package var returnEntry: Int?
}

/// What is drawn for the edges from one row to another: a path of horizontal and vertical pieces.
package struct PlacedLine: Hashable, Sendable {
    /// Into the edges of the graph; more than one where there are several services.
    package var edges: [Int]
    package var source: RowKey
    package var destination: RowKey
    package var strength: LineClass
    package var isDropped: Bool
    /// Whether it goes against the direction and ends with `◄` right of its destination.
    package var isBack: Bool
    /// Corners, from the first cell right of the source to the arrowhead.
    package var points: [ChartPoint]
}

/// A cell.
package struct ChartPoint: Hashable, Sendable {
    package var x: Int
    package var y: Int

    package init(x: Int, y: Int) {
        self.x = x
        self.y = y
    }
}
