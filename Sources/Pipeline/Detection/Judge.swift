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
    private let looksAtAll: Bool
    private let tell: (Alert) -> Void

    init(
        _ policy: CompiledPolicy,
        baseline: Baseline?,
        looksAtAll: Bool,
        _ tell: @escaping (Alert) -> Void
    ) {
        detectors = Detectors(policy, baseline: baseline)
        self.policy = policy
        self.baseline = baseline
        self.looksAtAll = looksAtAll
        self.tell = tell
    }

    /// Judges by another policy and another baseline from now on.
    mutating func apply(_ policy: CompiledPolicy, baseline: Baseline?) {
        self.policy = policy
        self.baseline = baseline
        detectors.apply(policy, baseline: baseline)
    }

    /// Of a flow that begins returns whether it is to be told what becomes of it.
    mutating func flow(
        _ action: FlowAction,
        _ flow: Flow,
        _ book: borrowing FlowBook,
        _ names: FlowNames
    ) -> Bool {
        switch action {
        case .started: return started(flow, book, names)
        case .ended where flow.endReason != .active: ended(flow, book, names)
        case .updated, .ended: goesOn(flow, book, names)
        }
        return false
    }

    private mutating func started(_ flow: Flow, _ book: borrowing FlowBook, _ names: FlowNames) -> Bool {
        // Of two that are one the first is judged.
        if recent.repeats(flow) { return false }
        pass(to: flow.first)
        var verdict = GlanceVerdict.needsFact
        if flow.destinationPackets == 0, let glance = glance(flow, names) {
            verdict = detectors.begin(glance, passage(of: flow, book, names), at: now)
        }
        defer { hand() }
        switch verdict {
        case .seen: return false
        case .awaited: return true
        case .needsFact: return detectors.take(FlowFact(.began, flow, book, names, at: now))
        }
    }

    private func passage(
        of flow: borrowing Flow,
        _ book: borrowing FlowBook,
        _ names: FlowNames
    ) -> TunnelPassage? {
        guard flow.isTunnelled, let (tunnel, _) = book.tunnel(of: copy flow) else { return nil }
        var inner = Party(flow.source, scope: flow.scope, of: names.identities?.source)
        if flow.scope != 0 { inner.segment = FlowFact.segment(book.scopeName(of: copy flow)) }
        return TunnelPassage(tunnel, of: inner, in: flow.identifier, first: flow.first, at: now)
    }

    private mutating func goesOn(_ flow: Flow, _ book: borrowing FlowBook, _ names: FlowNames) {
        guard !flow.repeatsTwin else { return }
        pass(to: flow.last)
        detectors.take(FlowFact(.goesOn, flow, book, names, at: now))
        hand()
    }

    private mutating func ended(_ flow: Flow, _ book: borrowing FlowBook, _ names: FlowNames) {
        guard flow.endReason != .joined, !flow.repeatsTwin else { return }
        // What ends is told of when its time is over, and time does not run back.
        pass(to: flow.last)
        if let isAnswered = Self.isLikeMost(flow), let glance = glance(flow, names),
            case .seen = detectors.end(glance, isAnswered: isAnswered, at: now)
        {
            return
        }
        detectors.take(FlowFact(.ended, flow, book, names, at: now))
        hand()
    }

    /// Nil of a flow whose end needs a closer look; else whether it was answered, a connection with one that was used.
    private static func isLikeMost(_ flow: Flow) -> Bool? {
        // From some hundred packets on one flow may flood by itself.
        guard !flow.isAwaited, flow.sourcePackets < 1000 else { return nil }
        guard flow.destinationPackets > 0, flow.protocolNumber == 6 else { return flow.destinationPackets > 0 }
        switch flow.connectionState {
        case .s1, .sf, .s2, .s3, .rstr: return flow.sourcePackets > 1 ? true : nil
        case .rsto: return flow.sourcePackets > 2 ? true : nil
        case .rej: return false
        default: return nil
        }
    }

    /// What is looked at first of a flow; nil of one that is unlike most.
    @inline(__always)
    private func glance(_ flow: Flow, _ names: FlowNames) -> FlowGlance? {
        guard !looksAtAll, names.destination == nil, !flow.isTranslated else { return nil }
        guard let identities = names.identities else { return FlowGlance(flow) }
        return FlowGlance(flow, identities.source, identities.destination)
    }

    mutating func settled(
        _ flow: Flow,
        as outcome: TryOutcome,
        _ book: borrowing FlowBook,
        _ names: FlowNames,
        at time: Timestamp
    ) {
        pass(to: time)
        if outcome == .answered, let glance = glance(flow, names),
            case .seen = detectors.answer(glance, at: now)
        {
            return
        }
        detectors.settle(FlowFact(.goesOn, flow, book, names, at: now), as: outcome)
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
