package import Addressing
package import Baseline
package import Containers
package import Flows
package import Policy
import Wire

/// All that judges: takes what becomes of flows, in order of packet time, and gives what is wrong.
///
/// A value without clock or thread. What comes out depends on the events and their times only: not on how packets were divided into
/// batches, nor on when `advance` is called, nor on the order of a hash table. Kilobytes large: what asks it from another module is
/// `mutating`, as it would be copied whole for a getter.
package struct Detectors {
    private var contacts = ContactDetectors()
    private let land = LandDetector()
    private var forgers = ForgedSourceDetector()
    private var neighbours = NeighbourSweepDetector()
    private var takeovers = TakeoverDetector()
    private var servers = RogueServerDetector()
    private var names: NameDetectors
    private var habits: HabitDetectors
    private var overlays: OverlayDetectors
    private var plaintext: PlaintextDetectors
    private var listeners: ListenerDetectors
    private var declared: DeclaredDetectors
    private var profiles: BaselineDetectors
    private var repeats = RepeatFold()
    private var losses = LossRecord()
    private var found: [Alert] = []
    /// Whether anything was found as time went on.
    package private(set) var hasNews = false
    /// Whether flows are held against something that was declared of them.
    private var asksOfFlows = false
    /// When the first of those that wait is to be looked at again.
    private var due = Timestamp(nanoseconds: .max)

    /// Judges by a policy, and by what was learned of workloads; without either what needs it abstains.
    package init(_ policy: CompiledPolicy = CompiledPolicy(DeclaredPolicy()), baseline: Baseline? = nil) {
        let thresholds = Thresholds(policy.declared)
        contacts.apply(thresholds)
        names = NameDetectors(thresholds)
        habits = HabitDetectors(thresholds)
        overlays = OverlayDetectors(thresholds)
        plaintext = PlaintextDetectors()
        listeners = ListenerDetectors(thresholds)
        declared = DeclaredDetectors(policy)
        profiles = BaselineDetectors(baseline, thresholds)
        asksOfFlows = declared.asksOfFlows
    }

    /// Judges by another policy, its thresholds and another baseline from now on; what was seen until now is not forgotten.
    package mutating func apply(_ policy: CompiledPolicy, baseline: Baseline?) {
        let thresholds = Thresholds(policy.declared)
        contacts.apply(thresholds)
        names.apply(thresholds)
        habits.apply(thresholds)
        overlays.apply(thresholds)
        listeners.apply(thresholds)
        declared.apply(policy)
        profiles.apply(baseline, thresholds)
        asksOfFlows = declared.asksOfFlows
    }

    /// Whether a flow is held against what was learned of it, or a label asks for a level, so that all of it is to be looked at.
    private func isAsked(_ glance: borrowing FlowGlance) -> Bool { profiles.isWatching || glance.claimsLevel }

    /// Of a flow that begins. Where a baseline is in force all are looked at.
    package mutating func begin(_ glance: borrowing FlowGlance, at time: Timestamp) -> GlanceVerdict {
        guard !glance.isForSelf, !isAsked(glance), !asksOfFlows || declared.isHarmless(glance) else {
            return .needsFact
        }
        advance(to: time)
        // What its first bytes say may be worth more than a glance.
        switch glance.outline.applicationProtocol {
        case .wireguard: return .needsFact
        case .dns where declared.namesResolvers:
            if declared.isResolver(glance.outline.destination) != true { return .needsFact }
        case .dns: if !names.noteQuestion(glance, at: time) { return .needsFact }
        default: break
        }
        let contact = glance.contactImprint
        let isNew = glance.isConnection && !contacts.isAlive(contact, at: time)
        // One more of a scan that was told of: nothing else is to be found in it.
        if isNew, contacts.countsAtOnce(glance, contact, at: time) { return .seen }
        let source = glance.sourceImprint
        if habits.isKnown(glance, source, contact, at: time) { return .needsFact }
        return isNew && contacts.began(from: source, at: time) ? .needsFact : .awaited
    }

    /// Of a flow that is answered.
    package mutating func answer(_ glance: borrowing FlowGlance, at time: Timestamp) -> GlanceVerdict {
        advance(to: time)
        return contacts.answered(glance, at: time)
    }

    /// Of a flow that ended and that nobody waits for, whose words say nothing that matters; `isAnswered`: and was answered.
    package mutating func end(_ glance: borrowing FlowGlance, isAnswered: Bool, at time: Timestamp) -> GlanceVerdict {
        guard !isAsked(glance), !habits.follow(glance), !names.follow(glance) else { return .needsFact }
        advance(to: time)
        if isAnswered { contacts.ended(glance, at: time) }
        return .seen
    }

    /// Whether it matters how a flow that ended was called.
    package var followsNames: Bool { mutating get { declared.asksForNames || habits.hasNames || profiles.isWatching } }

    /// Whether levels are declared, so that it matters what is said between them.
    package var hasLevels: Bool { mutating get { declared.hasLevels } }

    /// It is known what becomes of a flow that began, as it stands then.
    package mutating func settle(_ fact: FlowFact, as outcome: TryOutcome) {
        advance(to: fact.time)
        contacts.settle(fact, as: outcome, to: &found)
    }

    /// Of a flow that began returns whether it is to be told when nobody answers it.
    @discardableResult
    package mutating func take(_ fact: FlowFact) -> Bool {
        advance(to: fact.time)
        var isAwaited = false
        switch fact.phase {
        case .began: isAwaited = contacts.began(fact, to: &found)
        case .goesOn: contacts.goesOn(fact, to: &found)
        case .ended: contacts.ended(fact, to: &found)
        }
        land.take(fact, to: &found)
        forgers.take(fact, to: &found)
        names.take(fact, resolvers(of: fact), to: &found)
        let levels = declared.levels(of: fact)
        habits.take(fact, levels, to: &found)
        overlays.take(fact, to: &found)
        if let passage = TunnelPassage(fact) { take(passage) }
        plaintext.take(fact, levels, to: &found)
        declared.take(fact, to: &found)
        profiles.take(fact, to: &found)
        return isAwaited
    }

    /// Whether it is no news that a flow began that was sent by that tunnel end.
    package mutating func isAtHome(_ glance: borrowing FlowGlance, behind end: IPAddress, at time: Timestamp) -> Bool {
        isAtHome(glance.sourceImprint, behind: end, at: time)
    }

    func isAtHome(_ source: Imprint, behind end: IPAddress, at time: Timestamp) -> Bool {
        !declared.namesTunnelEnds && overlays.isAtHome(source, behind: end, at: time)
    }

    /// Of a flow that began in a tunnel, and of which no fact is taken.
    package mutating func take(_ passage: TunnelPassage) {
        let declaration = passage.declaration { declared.isTunnelEnd($0) }
        overlays.take(passage, declaration, to: &found)
        due = min(due, overlays.due)
    }

    /// A DNS answer passed.
    package mutating func take(_ answer: NameAnswer) {
        advance(to: answer.time)
        names.take(answer, to: &found)
        declared.take(answer, to: &found)
        profiles.take(answer, to: &found)
    }

    /// Looked up of what may be asked for names only.
    private mutating func resolvers(of fact: FlowFact) -> ResolverEnds {
        guard fact.application == .dns || fact.port == 53 || fact.port == 853 || fact.port == 443 else {
            return ResolverEnds()
        }
        return ResolverEnds(
            source: declared.isResolver(fact.source.address),
            destination: declared.isResolver(fact.destination.address)
        )
    }

    /// Something of the host became so.
    package mutating func take(_ entry: JournalEntry) {
        advance(to: entry.time)
        overlays.take(entry)
        listeners.take(entry, level: level(of: entry), to: &found)
        declared.take(entry, to: &found)
        profiles.take(entry, to: &found)
        wait()
    }

    private mutating func level(of entry: JournalEntry) -> SensitivityLevel? {
        guard case .container(let container) = entry.change else { return nil }
        return declared.level(of: container)
    }

    /// Something was seen that is no flow; `party` is who sent it, by the interface it came through or its hardware address, and nil
    /// when nobody knows. Not who has the address that it claims: that may be the victim.
    package mutating func take(_ sighting: Sighting, from party: Party?) {
        for hearsay in Hearsay.of(sighting, from: party) { take(hearsay) }
    }

    mutating func take(_ hearsay: Hearsay) {
        advance(to: hearsay.time)
        neighbours.take(hearsay, to: &found)
        takeovers.take(hearsay, to: &found)
        servers.take(hearsay, to: &found)
        wait()
    }

    /// Of `received` packets `dropped` were lost; nil when nobody can say how many.
    package mutating func lost(_ dropped: UInt64?, of received: UInt64, at time: Timestamp) {
        losses.note(received: received, dropped: dropped, at: time)
    }

    /// From now on somebody says when packets are lost: where nobody does, none are.
    package mutating func watchLosses() { losses.isWatched = true }

    /// Says that it is that time, although nothing happened.
    package mutating func advance(to time: Timestamp) {
        if time >= due { settle(until: time) }
    }

    private mutating func settle(until time: Timestamp) {
        let before = found.count
        neighbours.advance(to: time, to: &found)
        overlays.advance(to: time, to: &found)
        listeners.advance(to: time, to: &found)
        // Detectors settle one after the other; what they find is told in the order of time, whoever called how often.
        if found.count > before + 1 { sort(from: before) }
        hasNews = !found.isEmpty
        wait()
    }

    /// Something may wait that did not.
    private mutating func wait() { due = min(neighbours.due, overlays.due, listeners.due) }

    private mutating func sort(from start: Int) {
        let fresh = found[start...].enumerated().sorted {
            ($0.element.time, $0.offset) < ($1.element.time, $1.offset)
        }
        found.replaceSubrange(start..., with: fresh.map(\.element))
    }

    /// What was found since it was called last: without what the policy spares, and without repeats.
    package mutating func takeAlerts() -> [Alert] {
        hasNews = false
        if found.isEmpty { return [] }
        let all = found
        found.removeAll(keepingCapacity: true)
        var told: [Alert] = []
        for alert in all {
            guard var admitted = declared.admitted(alert), repeats.admits(admitted) else { continue }
            admitted.loss = losses.ratio(from: admitted.first, to: admitted.time)
            told.append(admitted)
        }
        return told
    }
}
