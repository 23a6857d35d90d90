import Addressing
import Graph
import Layout

/// What stands before an arrow.
enum LabelLens: Int, CaseIterable {
    case rate, port, overlay, none

    var word: String { "\(self)" }
    var next: Self { Self(rawValue: (rawValue + 1) % Self.allCases.count) ?? .rate }
}

/// What the person at the screen chose of the chart: all of it by key, so that it outlives sorting, folding and its own disappearance.
struct ChartChoices {
    var folds = FoldChoices()
    var lens = LabelLens.rate
    var hubs = HubDrawing.docked
    var selection: RowKey?
    /// An edge of the selection, or of the focus.
    var edge: FoldedEdgeKey?
    /// A docked hub, whose rows are marked.
    var hub: HubKey?
    var mark: RowKey?
    /// Rows in whose middle one looks, innermost last.
    var focus: [RowKey] = []
    /// In the focus: whether the cursor is on the right, among those that are called.
    var isOnCallees = true
    /// From where to where paths are shown, and which of them.
    var path: (from: RowKey, to: RowKey, index: Int)?
    /// The first layer and the first line on the screen.
    var firstLayer = 0
    var firstLine = 0

    /// Rows that can be one within the other.
    static var focusLimit: Int { 32 }
}
