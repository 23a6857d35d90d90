import Addressing
import Graph
import Records

/// What alerts speak of, as it was worked out last: going through all ends and edges again is only worth it when something changed.
struct JudgedAlerts: Sendable {
    /// Newest first, each at least `Self.least` severe.
    private(set) var alerts: [AlertRecord] = []
    private(set) var places = AlertedPlaces()
    private var counts = (ends: 0, edges: 0)
    private var second: Int64?
    /// The alert that `n` came to last.
    var chosen: AlertID?

    /// What is less severe is listed, and marks nothing.
    static var least: Int { AlertSeverity.medium.least }
    /// Seconds after which it is worked out again in any case: as many edges as before may be others.
    private static var age: Int64 { 5 }

    /// Takes the alerts that hold of what is drawn, which ends at `moment`. Returns whether anything is marked otherwise now.
    mutating func take(_ alerts: [AlertRecord], on graph: GraphPicture, at moment: Timestamp?) -> Bool {
        let counts = (ends: graph.endpoints.count, edges: graph.edges.count)
        let isOld = second != moment?.seconds && Self.age(of: second, moment?.seconds) >= Self.age
        guard alerts != self.alerts || counts != self.counts || isOld else { return false }
        let before = places
        places = AlertedPlaces(alerts, in: graph)
        (self.alerts, self.counts, second) = (alerts, counts, moment?.seconds)
        return places != before
    }

    private static func age(of second: Int64?, _ now: Int64?) -> Int64 {
        guard let second, let now else { return age }
        let (difference, isOver) = now.subtractingReportingOverflow(second)
        return isOver ? age : abs(difference)
    }
}
