/// What a layout can be judged by; `portolan graph -o json` tells it under `layout`.
package struct LayoutFigures: Hashable, Sendable {
    /// Lines of text from the first to the last name, without the spacing.
    package var rows = 0
    package var edgesDrawn = 0
    package var edgesDocked = 0
    /// Left out by the ink budget.
    package var edgesHidden = 0
    /// Columns of vertical lines, over all channels.
    package var tracks = 0
    /// Times a line passes beneath another.
    package var gaps = 0
    /// Times a line joins another on the way to the same row.
    package var merges = 0
    /// Lines that go against the direction.
    package var backEdges = 0
    /// Rows that stood elsewhere in the last layout, and by how many rows and layers together.
    package var movedRows = 0
    package var movedDistance = 0
    /// Cells that differ from the last layout's.
    package var changedCells = 0

    package init() {}
}
