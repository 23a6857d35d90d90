package import Addressing
package import Records

/// Which stored alerts are asked for, and in which order.
package struct AlertQuery: Sendable {
    /// Alerts that were found at or after this, and at or before `until`; nil is no bound.
    package var since: Timestamp?
    package var until: Timestamp?
    package var filter = AlertFilter()
    /// By when they were found: the newest first, or the oldest.
    package var isNewestFirst = false

    package init() {}
}

/// Where a page of alerts ended, and the next one begins.
package struct AlertPlace: Hashable, Sendable {
    var time: Int64
    var row: Int64
}

/// Some of the alerts that were asked for.
package struct AlertPage: Sendable {
    package var records: [AlertRecord] = []
    /// Where the next page begins; nil when there is none.
    package var next: AlertPlace?

    package init() {}
}
