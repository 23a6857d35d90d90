import Addressing
import Containers
import Flows
import Policy

/// Finds workloads that send far more outside than ever before, in an hour or in a day.
///
/// Judged by what the workload itself did, so it takes a day until anything is found. What others begin and are answered is not
/// counted: a service that many people visit sends more. Bounded in workloads and in flows under way.
struct VolumeDetector: Sendable {
    private var workloads = SubjectTable<Workload, Outflow>(limit: Self.limit)
    /// What was counted already of flows that go on.
    private var counted = SubjectTable<UInt32, UInt64>(limit: Self.flowLimit)
    private var began: Timestamp?
    private var hourFloor: UInt64 = 0
    private var warmUp: Int64 = 0

    static var limit: Int { 4096 }
    static var flowLimit: Int { 32_768 }
    /// A day has so many floors of an hour, and takes so many warm-ups.
    static var dayFloors: UInt64 { 10 }
    static var dayWarmUps: Int64 { 3 }

    static let thresholds: [String: RuleCatalog.Threshold] = [
        "hour": RuleCatalog.Threshold(.size, 1_000_000...1_000_000_000_000),
        "warmup": RuleCatalog.Threshold(.time, 3600...2_592_000),
    ]

    init(_ thresholds: Thresholds) { apply(thresholds) }

    mutating func apply(_ thresholds: Thresholds) {
        hourFloor = UInt64(clamping: thresholds.number("exfiltration", "hour", or: 100_000_000))
        warmUp = Int64(thresholds.number("exfiltration", "warmup", or: 90_000))
    }

    /// Something was seen at that time.
    mutating func begin(at time: Timestamp) { if began == nil { began = time } }

    mutating func take(_ fact: FlowFact, to alerts: inout [Alert]) {
        begin(at: fact.time)
        let start = began ?? fact.time
        guard fact.phase != .began, fact.source.isOurs, fact.destination.isOutside else { return }
        let bytes = news(of: fact)
        guard bytes > 0 else { return }
        let (floor, warmUp) = (hourFloor, warmUp)
        let found = workloads.update(Workload(fact.source), or: Outflow(first: fact.time)) {
            outflow -> (Outflow, isDay: Bool)? in
            outflow.add(bytes, fact)
            // A container that has run so long without sending anything is known, too.
            let since = fact.source.container?.started.map { min($0, outflow.first) } ?? outflow.first
            let age = fact.time.seconds &- max(since, start).seconds
            if age >= warmUp, outflow.hours.isExceeded(by: floor) {
                return outflow.isNewsOfHour(at: fact.time) ? (outflow, isDay: false) : nil
            }
            guard age >= warmUp * Self.dayWarmUps, outflow.days.isExceeded(by: floor * Self.dayFloors) else {
                return nil
            }
            return outflow.isNewsOfDay(at: fact.time) ? (outflow, isDay: true) : nil
        }
        if let found { alerts.append(alert(fact, found.0, isDay: found.isDay)) }
    }

    /// What a flow sent since it was told of last: its counters are those of all its time.
    private mutating func news(of fact: FlowFact) -> UInt64 {
        let total = fact.sourceBytes
        let before: UInt64
        if fact.phase == .goesOn {
            before = counted.update(fact.serial, or: 0) { known in
                defer { known = total }
                return known
            }
        } else {
            before = counted[fact.serial] ?? 0
        }
        return total > before ? total - before : 0
    }

    private func alert(_ fact: FlowFact, _ outflow: Outflow, isDay: Bool) -> Alert {
        let history = isDay ? outflow.days : outflow.hours
        let receiver = outflow.receiver ?? fact.destination
        let span = isDay ? "a day" : "an hour"
        let before = history.most == 0 ? "nothing" : "at most \(ByteCount.text(history.most))"
        let what = "\(ByteCount.text(history.bytes)) outside within \(span), where \(before) was sent before"
        var alert = Alert(
            .exfiltration,
            fact,
            "\(fact.source.name) sent \(what); most at once to \(receiver.name)"
        )
        alert.destination = receiver
        alert.first = history.began
        alert.evidence = outflow.evidence.ordered
        return alert
    }
}
