package import Addressing
package import Records

/// Which stored flows are asked for, and in which order.
package struct FlowQuery: Sendable {
    /// Flows that were there at or after this, and at or before `until`; nil is no bound.
    package var since: Timestamp?
    package var until: Timestamp?
    package var filter = FlowFilter()
    /// By their last packet: the newest first, or the oldest.
    package var isNewestFirst = false
    /// Whether flows that were under way when they were told of last are told, too, after the others.
    package var hasOpen = true
    /// Whether the others are.
    package var hasEnded = true

    package init() {}
}

/// Where a page of flows ended, and the next one begins.
package struct FlowPlace: Hashable, Sendable {
    var table: FlowTableName
    var last: Int64
    var row: Int64
}

/// Some of the flows that were asked for.
package struct FlowPage: Sendable {
    package var records: [FlowRecord]
    /// Where the next page begins; nil when there is none.
    package var next: FlowPlace?

    package init(records: [FlowRecord] = [], next: FlowPlace? = nil) {
        self.records = records
        self.next = next
    }
}
