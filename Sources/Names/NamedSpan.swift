import Addressing

/// A name, and from when until when it was good.
struct NamedSpan: Hashable {
    var name: String
    var from: Timestamp
    var until: Timestamp

    /// Clients and resolvers keep answers longer than they may; ten minutes cover what Linux and browsers do.
    static var leastSeconds: Int64 { 600 }

    init(name: String, from: Timestamp, timeToLive: Duration) {
        self.name = name
        self.from = from
        let seconds = max(timeToLive.components.seconds, Self.leastSeconds)
        let (length, isTooLong) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (end, isTooLate) = from.nanoseconds.addingReportingOverflow(length)
        until = Timestamp(nanoseconds: isTooLong || isTooLate ? .max : end)
    }

    /// Whether it was good then, both ends included.
    func contains(_ time: Timestamp) -> Bool { from <= time && time <= until }
}
