import Addressing
import Flows

/// What came to one port of one host: tries that came to nothing, and those that did not.
///
/// The test is the non-parametric CUSUM of Wang, Zhang and Shin (2002) in its continuous form: a level that each failure raises, by
/// less the more succeeds there, and that sinks with time. It must stand above a border, and a floor of failures be reached.
struct FloodTarget: Sendable {
    private(set) var victim: Party
    private var failures = CountingWindow()
    private var successes = CountingWindow()
    private var level = 0.0
    private var levelSecond: Int64 = .min
    /// Whether it stood above the border and did not sink to half of that since.
    private var isOn = false
    /// Failures of this episode.
    private(set) var count = 0
    private(set) var first: Timestamp?
    private(set) var last: Timestamp?
    private var senders = SenderVote()
    private(set) var evidence = Evidence()
    private var telling = Telling()
    /// Whether anything succeeded there before: then that nothing does may be a service that is down.
    private var hasSucceeded: Bool

    /// Seconds of half a window.
    static var half: Int64 { 10 }
    /// How much the level sinks in a second, and the border: a .35 and N 1.05 of the paper.
    static var drain: Double { 0.35 }
    static var border: Double { 1.05 }
    /// The level rises no higher, so that it sinks again soon.
    static var ceiling: Double { 10 }
    /// Successes a second that are taken for granted where there are fewer.
    static var quiet: Double { 5 }

    init(_ victim: Party, hasSucceeded: Bool = false) {
        self.victim = victim
        self.hasSucceeded = hasSucceeded
    }

    mutating func tried(by sender: Party) { senders.add(sender) }

    mutating func succeeded(at time: Timestamp) {
        successes.add(at: time.seconds, half: Self.half)
        hasSucceeded = true
    }

    /// A try came to nothing; returns whether that is a flood, and news.
    mutating func failed(
        _ flow: FlowIdentifier,
        of kind: FloodKey.Kind,
        at time: Timestamp,
        _ limits: FloodLimits
    ) -> Bool {
        let second = time.seconds
        sink(to: second)
        if first == nil { first = time }
        last = time
        count += 1
        evidence.add(flow)
        failures.add(at: second, half: Self.half)
        let good = successes.count(at: second, half: Self.half)
        level = min(Self.ceiling, level + 1 / max(Self.quiet, Double(good) / Double(2 * Self.half)))
        let bad = failures.count(at: second, half: Self.half)
        let floor = limits.floor(of: kind, isTrusted: hasSucceeded)
        if level > Self.border, bad >= floor, bad > good { isOn = true }
        return isOn && telling.isNews(count, at: time)
    }

    /// So many packets came in one flow; returns whether that is news.
    mutating func rained(_ packets: UInt64, _ fact: FlowFact) -> Bool {
        senders.add(fact.source)
        first = first.map { min($0, fact.first) } ?? fact.first
        last = fact.last
        count = max(count, Int(clamping: packets))
        evidence.add(fact.identifier)
        return telling.isNews(count, at: fact.time)
    }

    /// Who sends more than half of it, if somebody does, and else one of them.
    var sender: (party: Party, isOfMany: Bool) { (senders.leader ?? victim, !senders.isMajority) }

    private mutating func sink(to second: Int64) {
        if levelSecond == .min { levelSecond = second }
        guard second > levelSecond else { return }
        level = max(0, level - Self.drain * Double(second - levelSecond))
        levelSecond = second
        guard level < Self.border / 2 else { return }
        // The episode is over.
        isOn = false
        if failures.count(at: second, half: Self.half) == 0 {
            (count, first, senders, evidence) = (0, nil, SenderVote(), Evidence())
        }
    }
}
