import Addressing
import Baseline
import Containers
import Detection
import Flows
import Policy
import Records

/// What judging takes beside detectors: the order of time, and whom a policy was read for.
struct Judge {
    private var detectors: Detectors
    private var policy: CompiledPolicy
    private var baseline: Baseline?
    private var isLive = false
    /// What was told of times to come.
    private var ahead: ArraySlice<JournalEntry> = []
    private var recent = RecentConversations()
    private var now = Timestamp(nanoseconds: .min)
    private let tell: (Alert) -> Void

    init(
        _ policy: CompiledPolicy,
        baseline: Baseline?,
        _ tell: @escaping (Alert) -> Void
    ) {
        detectors = Detectors(policy, baseline: baseline)
        self.policy = policy
        self.baseline = baseline
        self.tell = tell
    }

    /// Judges by another policy and another baseline from now on.
    mutating func apply(_ policy: CompiledPolicy, baseline: Baseline?) {
        self.policy = policy
        self.baseline = baseline
        detectors.apply(policy, baseline: baseline)
    }

    mutating func flow(_ action: FlowAction, _ flow: Flow, _ book: borrowing FlowBook, _ names: FlowNames) {
        // Of two that are one the first is judged.
        guard flow.endReason != .joined, !flow.repeatsTwin else { return }
        if action == .started, recent.repeats(flow) { return }
        // What ends is told of when its time is over, and time does not run back.
        pass(to: action == .started ? flow.first : flow.last)
        if passesOver(action, flow, book, names) { return hand() }
        let phase: FlowFact.Phase =
            switch action {
            case .started: .began
            case .updated: .goesOn
            case .ended: flow.endReason == .active ? .goesOn : .ended
            }
        detectors.take(FlowFact(phase, flow, book, names, at: now))
        hand()
    }

    /// Whether there is nothing to be found in a flow, which is seen without looking at all of it.
    private mutating func passesOver(
        _ action: FlowAction,
        _ flow: borrowing Flow,
        _ book: borrowing FlowBook,
        _ names: FlowNames
    ) -> Bool {
        guard action != .updated, names.destination == nil, !flow.isTranslated else { return false }
        let seen: FlowGlance?
        if let identities = names.identities {
            seen = FlowGlance(flow, source: identities.source)
        } else {
            seen = FlowGlance(flow)
        }
        guard let glance = seen else { return false }
        return action == .started
            ? detectors.passesOver(beginning: glance, at: now) : detectors.passesOver(ending: glance)
    }

    mutating func answered(_ serial: UInt32, isRefusal: Bool, at time: Timestamp) {
        pass(to: time)
        detectors.answered(serial, isRefusal: isRefusal, at: now)
        hand()
    }

    mutating func resolved(_ message: RawSpan, _ exchange: DNSExchange, client: Identity?) {
        guard let answer = NameAnswer(message, exchange, client: client) else { return }
        pass(to: exchange.time)
        detectors.take(answer)
        hand()
    }

    /// A file is read some way ahead of the packets; what it says counts when its time has come, however packets were read.
    mutating func told(_ entry: JournalEntry) { ahead.append(entry) }

    mutating func changed(_ entry: JournalEntry) {
        // What is read of a journal stands before the packets of its time.
        pass(to: entry.time)
        detectors.take(entry)
        hand()
    }

    mutating func sighting(_ sighting: Sighting, sender: Identity?) {
        pass(to: sighting.time)
        let party = sender.map { Party(sighting.claimedAddress, scope: sighting.scope, of: $0) }
        detectors.take(sighting, from: party)
        hand()
    }

    mutating func gap(_ gap: CaptureGap) {
        detectors.lost(gap.dropped, of: gap.received, at: gap.time)
    }

    /// The clock was set. What was seen until now stands at times that mean nothing any more, so it is forgotten.
    mutating func clockChanged(from: Timestamp, to: Timestamp) {
        detectors = Detectors(policy, baseline: baseline)
        if isLive { detectors.watchLosses() }
        now = to
    }

    /// From now on packets are taken as they come: their losses are told, and time goes on without them.
    mutating func goLive() {
        isLive = true
        detectors.watchLosses()
    }

    /// Says that it is that time, although nothing came.
    mutating func advance(to time: Timestamp) {
        pass(to: time)
        detectors.advance(to: now)
        hand()
    }

    /// There is no more input: what nobody has answered until now, nobody will.
    mutating func finish() {
        if let last = ahead.last { pass(to: last.time) }
        detectors.advance(to: Timestamp(nanoseconds: now.nanoseconds &+ Self.patience))
        hand()
    }

    /// Nanoseconds, more than any detector waits for an answer.
    private static var patience: Int64 { 10_000_000_000 }

    private mutating func pass(to time: Timestamp) {
        while let entry = ahead.first, entry.time <= time {
            ahead.removeFirst()
            now = max(now, entry.time)
            detectors.take(entry)
        }
        now = max(now, time)
    }

    private mutating func hand() {
        for alert in detectors.takeAlerts() { tell(alert) }
    }
}
