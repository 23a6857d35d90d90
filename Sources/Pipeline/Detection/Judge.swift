import Addressing
import Baseline
import Containers
import Detection
import Flows
import Policy
import Records
import Wire

/// What judging takes beside detectors: the order of time, and whom a policy was read for.
struct Judge: ~Copyable {
    private var detectors: Detectors
    private var policy: CompiledPolicy
    private var baseline: Baseline?
    private var isLive = false
    /// What was told of times to come.
    private var ahead: ArraySlice<JournalEntry> = []
    private var recent = RecentConversations()
    /// Whether any flow came in a tunnel: without, nothing is seen on both sides of one.
    private var hasTunnels = false
    /// The flow that was looked at last before it was told.
    private var glanced: UInt32 = 0
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

    /// At first look at a flow that begins, of which no journal says anything and that nobody called by a name.
    mutating func begins(_ outline: FlowOutline, _ book: borrowing FlowBook) -> FirstLook {
        guard !looksAtAll, outline.destinationPackets == 0, FlowGlance.suits(outline) else { return .tell }
        if repeats(outline) { return .enough }
        glanced = outline.serial
        pass(to: outline.first)
        let glance = FlowGlance(outline)
        let verdict = detectors.begin(glance, at: now)
        if verdict != .needsFact, let end = book.tunnelSource(of: outline),
            !detectors.isAtHome(glance, behind: end, at: now)
        {
            pass(outline, nil, book)
            hand()
        } else if detectors.hasNews {
            hand()
        }
        return switch verdict {
        case .needsFact: .tell
        case .seen: .enough
        case .awaited: .awaited
        }
    }

    /// Such a flow is answered; returns whether that was all.
    mutating func answered(_ outline: FlowOutline, at time: Timestamp) -> Bool {
        guard !looksAtAll, FlowGlance.suits(outline) else { return false }
        pass(to: time)
        return answered(FlowGlance(outline))
    }

    /// Such a flow is over, which perhaps has a name by now; returns whether that was all.
    mutating func ends(_ outline: FlowOutline, isNamed: Bool, _ book: borrowing FlowBook) -> Bool {
        guard let isAnswered = Self.isLikeMost(outline), !looksAtAll, FlowGlance.suits(outline),
            !isRemarkable(outline, isNamed: isNamed, isBetweenHosts: outline.isTunnelled, book)
        else { return false }
        pass(to: outline.last)
        return ends(FlowGlance(outline), isAnswered)
    }

    private mutating func ends(_ glance: borrowing FlowGlance, _ isAnswered: Bool) -> Bool {
        let verdict = detectors.end(glance, isAnswered: isAnswered, at: now)
        if detectors.hasNews { hand() }
        return verdict == .seen
    }

    private mutating func answered(_ glance: borrowing FlowGlance) -> Bool {
        let verdict = detectors.answer(glance, at: now)
        if detectors.hasNews { hand() }
        return verdict == .seen
    }

    /// Of a flow that begins returns whether it is to be told what becomes of it.
    mutating func flow(
        _ action: FlowAction,
        _ flow: borrowing Flow,
        _ book: borrowing FlowBook,
        _ names: borrowing FlowNames
    ) -> Bool {
        switch action {
        case .started: return started(flow, book, names)
        case .ended where flow.endReason != .active: ended(flow, book, names)
        case .updated, .ended: goesOn(flow, book, names)
        }
        return false
    }

    private mutating func started(
        _ flow: borrowing Flow,
        _ book: borrowing FlowBook,
        _ names: borrowing FlowNames
    ) -> Bool {
        let outline = FlowOutline(flow)
        // Of two that are one the first is judged.
        if repeats(outline) { return false }
        pass(to: flow.first)
        var verdict = GlanceVerdict.needsFact
        if outline.serial != glanced, names.destination == nil, outline.destinationPackets == 0,
            isForGlance(outline, names)
        {
            verdict = detectors.begin(glance(outline, names), at: now)
            if verdict != .needsFact, outline.isTunnelled { pass(outline, names.identities?.source, book) }
        }
        defer { hand() }
        switch verdict {
        case .seen: return false
        case .awaited: return true
        case .needsFact: return detectors.take(FlowFact(.began, flow, book, names, at: now))
        }
    }

    /// Whether a flow that begins is one that was judged already, on the other side of a tunnel's end.
    private mutating func repeats(_ outline: FlowOutline) -> Bool {
        if outline.isTunnelled { hasTunnels = true }
        return hasTunnels && recent.repeats(outline)
    }

    /// Of a flow that begins in a tunnel.
    @inline(never)
    private mutating func pass(_ outline: FlowOutline, _ identity: Identity?, _ book: borrowing FlowBook) {
        guard let tunnel = book.tunnel(of: outline) else { return }
        var inner = Party(outline.source, scope: outline.scope, of: identity)
        if outline.scope != 0 { inner.segment = FlowFact.segment(book.scopeName(of: outline)) }
        let passage = TunnelPassage(tunnel, of: inner, in: outline.identifier, first: outline.first, at: now)
        if let passage { detectors.take(passage) }
    }

    private mutating func goesOn(
        _ flow: borrowing Flow,
        _ book: borrowing FlowBook,
        _ names: borrowing FlowNames
    ) {
        guard !flow.repeatsTwin else { return }
        pass(to: flow.last)
        detectors.take(FlowFact(.goesOn, flow, book, names, at: now))
        hand()
    }

    private mutating func ended(
        _ flow: borrowing Flow,
        _ book: borrowing FlowBook,
        _ names: borrowing FlowNames
    ) {
        guard flow.endReason != .joined, !flow.repeatsTwin else { return }
        // What ends is told of when its time is over, and time does not run back.
        pass(to: flow.last)
        // Of those of which no journal says anything this was asked before.
        if let identities = names.identities {
            let outline = FlowOutline(flow)
            let isBetweenHosts =
                outline.isTunnelled || identities.source.endpoint != nil || identities.destination.endpoint != nil
            if let isAnswered = Self.isLikeMost(outline), isForGlance(outline, names),
                !isRemarkable(outline, isNamed: names.destination != nil, isBetweenHosts: isBetweenHosts, book),
                ends(glance(outline, names), isAnswered)
            {
                return
            }
        }
        detectors.take(FlowFact(.ended, flow, book, names, at: now))
        hand()
    }

    /// Nil of a flow whose end needs a closer look; else whether it was answered, a connection with one that was used.
    private static func isLikeMost(_ flow: borrowing FlowOutline) -> Bool? {
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

    /// Whether it matters what was said in a flow that ended, or how its end was called.
    private mutating func isRemarkable(
        _ outline: FlowOutline,
        isNamed: Bool,
        isBetweenHosts: Bool,
        _ book: borrowing FlowBook
    ) -> Bool {
        if isNamed, detectors.followsNames { return true }
        let application = outline.applicationProtocol
        if application == .unknown { return EncryptedOverlayDetector.isForNAT(outline) }
        let isTCP = outline.protocolNumber == 6
        let mayCross = isBetweenHosts || detectors.hasLevels
        return application.isRemarkable(onPort: outline.destinationPort, isTCP: isTCP, mayCross: mayCross)
            ?? book.httpPath(of: outline).map(PlaintextDetectors.isRemarkable) ?? false
    }

    /// Whether a flow is like most, so that a glance may be enough.
    private func isForGlance(_ outline: FlowOutline, _ names: borrowing FlowNames) -> Bool {
        guard !looksAtAll, !outline.isPartial else { return false }
        guard let identities = names.identities else { return FlowGlance.suits(outline) }
        return FlowGlance.suits(outline, identities.source, identities.destination)
    }

    private func glance(_ outline: FlowOutline, _ names: borrowing FlowNames) -> FlowGlance {
        guard let identities = names.identities else { return FlowGlance(outline) }
        return FlowGlance(outline, identities.source, identities.destination)
    }

    mutating func settled(
        _ flow: borrowing Flow,
        as outcome: TryOutcome,
        _ book: borrowing FlowBook,
        _ names: borrowing FlowNames,
        at time: Timestamp
    ) {
        pass(to: time)
        // Of those of which no journal says anything this was asked before.
        if outcome == .answered, names.identities != nil {
            let outline = FlowOutline(flow)
            if isForGlance(outline, names), answered(glance(outline, names)) { return }
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

    @inline(__always)
    private mutating func pass(to time: Timestamp) {
        if !ahead.isEmpty { takeAhead(until: time) }
        if time > now { now = time }
    }

    @inline(never)
    private mutating func takeAhead(until time: Timestamp) {
        while let entry = ahead.first, entry.time <= time {
            ahead.removeFirst()
            now = max(now, entry.time)
            detectors.take(entry)
        }
    }

    private mutating func hand() {
        for alert in detectors.takeAlerts() { tell(alert) }
    }
}
