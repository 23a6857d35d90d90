/// Tells rows apart, in every frame and every run alike: selection, anchoring and folding by hand go by it.
package struct RowKey: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let rung: Rung
    /// Unique on its rung: `shop/cart`, or for an end its endpoint's description.
    package let name: String
    /// Ends of different levels never share a row.
    package let level: Int?

    package init(_ rung: Rung, _ name: String, level: Int? = nil) {
        self.rung = rung
        self.name = name
        self.level = level
    }

    package static func < (left: Self, right: Self) -> Bool {
        if left.name != right.name { return left.name < right.name }
        if left.rung != right.rung { return left.rung < right.rung }
        return (left.level ?? -1) < (right.level ?? -1)
    }

    package var description: String { level.map { "\(rung.word):\(name)#\($0)" } ?? "\(rung.word):\(name)" }
}

/// What stands before a name; the first that applies.
package enum RowMark: Hashable, Sendable {
    /// An open alert, or a forbidden crossing.
    case alert
    /// Blocked or quarantined.
    case blocked
    /// Nobody can say who of several it is, or who it is at all.
    case unsure
    /// Only in the later window, or only in the earlier one.
    case added, removed

    /// How every chart writes it, in one column.
    package var sign: String {
        switch self {
        case .alert: "!"
        case .blocked: "#"
        case .unsure: "?"
        case .added: "+"
        case .removed: "-"
        }
    }
}

/// A row of the chart: one endpoint, or several folded into one.
package struct FoldedRow: Hashable, Sendable {
    package var key: RowKey
    /// What it is called; comes from outside, and may have any characters.
    package var name: String
    package var isOutside = false
    package var level: Level?
    package var mark: RowMark?
    /// The endpoints it stands for, in order.
    package var members: [EndpointKey]
    /// Rows of equal callers and callees that it stands for besides its own; their ends are among the members.
    package var joined: [RowKey] = []
    /// Whether those talk to each other.
    package var talksToItself = false
    /// Of the members, those with an open alert that have no row of their own.
    package var alerts = 0
    /// Whether it is only next to what the filter lets through.
    package var isGrey = false

    package init(_ key: RowKey, name: String, members: [EndpointKey]) {
        self.key = key
        self.name = name
        self.members = members
    }
}

/// Tells edges between rows apart.
package struct FoldedEdgeKey: Hashable, Comparable, Sendable {
    package let source: RowKey
    package let destination: RowKey
    package let protocolNumber: UInt8
    package let port: UInt16?

    package init(_ source: RowKey, _ destination: RowKey, protocolNumber: UInt8, port: UInt16?) {
        self.source = source
        self.destination = destination
        self.protocolNumber = protocolNumber
        self.port = port
    }

    package static func < (left: Self, right: Self) -> Bool {
        if left.source != right.source { return left.source < right.source }
        if left.destination != right.destination { return left.destination < right.destination }
        if left.protocolNumber != right.protocolNumber { return left.protocolNumber < right.protocolNumber }
        return (left.port.map(Int.init) ?? -1) < (right.port.map(Int.init) ?? -1)
    }
}

/// How an edge stands in time.
package enum EdgeStanding: Hashable, Sendable {
    case present
    /// Only in the later of two windows.
    case new
    /// Nothing went for a while, or only in the earlier of two windows.
    case gone
    /// In both windows, and far more or far less in the later.
    case changed
}

/// What goes between two rows for one service.
package struct FoldedEdge: Hashable, Sendable {
    package var key: FoldedEdgeKey
    /// The edges it stands for, in order.
    package var members: [EdgeKey]
    package var counts = EdgeCounts()
    /// Bytes a second, both ways; nil where it is not known.
    package var rate: Double?
    /// The same in the window that is compared with.
    package var earlierRate: Double?
    /// What of `counts` is a lower bound only, for frames were lost.
    package var isLowerBound = false
    /// An undeclared flow between levels.
    package var isCrossing = false
    /// Blocked.
    package var isDropped = false
    package var standing = EdgeStanding.present
    /// Whether the filter does not let it through, and only one of its rows.
    package var isGrey = false
    /// VXLAN or bridge it goes over, for the label: `vx42`, `br0`; nil where not known.
    package var overlay: String?

    package init(_ key: FoldedEdgeKey, members: [EdgeKey]) {
        self.key = key
        self.members = members
    }
}

/// A graph as rows and the edges between them. Edges inside of a row are its `talksToItself`.
package struct FoldedGraph: Hashable, Sendable {
    package var rung: Rung
    /// In order of their keys.
    package var rows: [FoldedRow]
    /// In order of their keys.
    package var edges: [FoldedEdge]

    package init(rung: Rung, rows: [FoldedRow] = [], edges: [FoldedEdge] = []) {
        self.rung = rung
        self.rows = rows
        self.edges = edges
    }
}
