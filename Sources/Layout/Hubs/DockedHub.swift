package import Graph

/// What so many have to do with that its lines would hide all others.
package struct HubKey: Hashable, Comparable, Sendable {
    package let row: RowKey
    /// The service that is called; nil for a row that calls.
    package let service: Service?

    package init(row: RowKey, service: Service?) {
        self.row = row
        self.service = service
    }

    package struct Service: Hashable, Comparable, Sendable {
        package let protocolNumber: UInt8
        package let port: UInt16?

        package init(protocolNumber: UInt8, port: UInt16?) {
            self.protocolNumber = protocolNumber
            self.port = port
        }

        package static func < (left: Self, right: Self) -> Bool {
            (left.protocolNumber, left.port ?? 0) < (right.protocolNumber, right.port ?? 0)
        }
    }

    package static func < (left: Self, right: Self) -> Bool {
        if left.row != right.row { return left.row < right.row }
        guard let one = left.service, let other = right.service else {
            return left.service != nil && right.service == nil
        }
        return one < other
    }
}

/// A hub whose edges are a line in the dock, not lines in the chart.
package struct DockedHub: Hashable, Sendable {
    package let key: HubKey
    /// Whom it calls, or who calls it, in the graph's order; undrawn edges only.
    package var touched: [RowKey]
    /// Into the edges of the graph.
    package var edges: [Int]
    /// Bytes a second, of the edges of which it is known.
    package var rate: Double
}
