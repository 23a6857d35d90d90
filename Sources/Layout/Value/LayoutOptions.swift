package import Graph

/// Which hubs are drawn as lines although they would be docked.
package enum HubDrawing: Hashable, Sendable {
    case docked
    case all
    /// Those of these rows.
    case only(Set<RowKey>)
}

/// What the person at the screen chose, as far as it changes where things stand.
package struct LayoutOptions: Hashable, Sendable {
    /// Columns for a label at each arrow, if there is room: 6 for a rate, 0 for none.
    package var labelWidth = 6
    /// Names may be cut, the widest first, down to 8 columns.
    package var shrinksNames = true
    /// Rows are spaced by two where they fit; otherwise never.
    package var spacesRows = true
    package var hubs = HubDrawing.docked
    /// Edges of this row are never docked.
    package var selection: RowKey?
    /// A path that is shown: the edges from each row to the next are never docked.
    package var path: [RowKey] = []
    /// Whether quiet edges may be left out where the chart is a tangle.
    package var saysLess = true
    /// The first layer on the screen, where not all of them fit.
    package var firstLayer = 0

    /// How long a fresh layout may look for better places: about so many pairs of lines are compared, of small charts up
    /// to three times as many. Some 40 ns each.
    package var effort = 600_000

    package init() {}
}

/// Columns and lines of text.
package struct ChartSize: Hashable, Sendable {
    package var columns: Int
    package var rows: Int

    package init(columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
    }
}
