import Addressing
import Flows
import Wire

/// How somebody called one service lately.
struct CallHistory: Sendable {
    let first: Timestamp
    private(set) var last: Timestamp
    /// Calls so far; those within a second are one.
    private(set) var count = 1
    private(set) var evidence = Evidence()
    private var intervals = LastValues(limit: Self.limit)
    private var sizes = LastValues(limit: Self.limit)
    /// Whether the calls are of a protocol that goes by the clock.
    private var isClockwork = false

    /// The most intervals that are looked at.
    static var limit: Int { 48 }
    /// Nanoseconds within which calls are one: a program that opens several connections at once.
    static var burst: Int64 { 1_000_000_000 }
    /// Octets of a call for the time of day: a question or two, of IPv6. More is something else.
    static var timeQuestion: UInt64 { 256 }

    /// Of somebody who called once before.
    init(first: Timestamp) { (self.first, last) = (first, first) }

    /// Another call. Returns whether it is one, and not part of the last.
    mutating func call(_ flow: FlowIdentifier, at time: Timestamp) -> Bool {
        evidence.add(flow)
        let interval = time.nanoseconds &- last.nanoseconds
        guard interval >= Self.burst else { return false }
        intervals.append(Float(Double(interval) / 1e9))
        last = time
        count += 1
        return true
    }

    /// What became of a call.
    mutating func ended(_ fact: FlowFact) {
        sizes.append(Float(fact.sourceBytes))
        switch fact.application {
        case .ntp: isClockwork = fact.sourceBytes <= Self.timeQuestion
        case .dns, .mdns, .llmnr, .netbios, .dhcp, .dhcpv6, .ssdp: isClockwork = true
        default: isClockwork = false
        }
    }

    /// Whether each call sends so much that it is a backup or the like: what calls home to be told something sends little, and how
    /// much goes out is for another detector.
    var sendsMuch: Bool {
        let sizes = sizes.ordered.sorted()
        return !sizes.isEmpty && sizes[sizes.count / 2] >= Self.much
    }

    /// Octets.
    static var much: Float { 1_000_000 }

    /// Nil of too few calls, of clocks that are meant to be, and of who calls much more often than every `shortest` seconds: the busy
    /// cost nothing.
    func rhythm(ofAtLeast calls: Int, _ shortest: Double) -> Rhythm? {
        // Of those that call on and on every fourth time is enough.
        guard count >= calls, !isClockwork, count <= Self.limit || count % 4 == 0 else { return nil }
        let seconds = Double(last.nanoseconds &- first.nanoseconds) / 1e9
        guard seconds >= shortest * Double(count) / 2 else { return nil }
        return Rhythm(intervals: intervals.ordered, sizes: sizes.ordered)
    }
}
