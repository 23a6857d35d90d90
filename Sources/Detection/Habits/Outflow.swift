import Addressing
import Flows

/// What a workload sent outside.
struct Outflow: Sendable {
    /// Since when it is watched.
    let first: Timestamp
    var hours = VolumeHistory(seconds: 3600, remembered: 168)
    var days = VolumeHistory(seconds: 86_400, remembered: 28)
    private(set) var evidence = Evidence()
    private var telling = Telling()
    private var toldDay: Int64 = .min
    /// The flow that carried most at once, in the hour that goes on.
    private var largest: (bytes: UInt64, to: Party)?
    private var hour: Int64 = .min

    init(first: Timestamp) { self.first = first }

    /// To whom most of it seems to go.
    var receiver: Party? { largest?.to }

    mutating func add(_ bytes: UInt64, _ fact: FlowFact) {
        let second = fact.time.seconds
        hours.add(bytes, at: second)
        days.add(bytes, at: second)
        if second / 3600 != hour {
            (hour, largest, evidence) = (second / 3600, nil, Evidence())
        }
        if bytes > largest?.bytes ?? 0 { largest = (bytes, fact.destination) }
        if bytes >= Self.notable { evidence.add(fact.identifier) }
    }

    /// Whether the hour's volume is news.
    mutating func isNewsOfHour(at time: Timestamp) -> Bool {
        telling.isNews(Int(clamping: hours.bytes / Self.notable), at: time)
    }

    /// Whether the day's is; a day is told of once.
    mutating func isNewsOfDay(at time: Timestamp) -> Bool {
        defer { toldDay = time.seconds / 86_400 }
        return toldDay != time.seconds / 86_400
    }

    /// Octets at once that are worth being shown.
    static var notable: UInt64 { 1_000_000 }
}
