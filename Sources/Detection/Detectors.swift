package import Addressing
package import Baseline
package import Containers
package import Flows
package import Policy
import Wire

/// All that judges: takes what becomes of flows, in order of packet time, and gives what is wrong.
///
/// A value without clock or thread. What comes out depends on the events and their times only: not on how packets were divided into
/// batches, nor on when `advance` is called, nor on the order of a hash table.
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
    }

    /// Whether a flow is held against what was declared or learned of it, so that all of it is to be looked at.
    private func isAsked(_ glance: FlowGlance) -> Bool {
        declared.asksOfFlows || profiles.isWatching || glance.claimsLevel
    }

    /// Of a flow that begins, perhaps in a tunnel. Where a policy declares anything of flows, or a baseline is in force, all are looked at.
    package mutating func begin(_ glance: FlowGlance, _ passage: TunnelPassage?, at time: Timestamp) -> GlanceVerdict {
        guard !glance.isForSelf, !isAsked(glance) else { return .needsFact }
        advance(to: time)
        let verdict = begin(glance, at: time)
        if verdict != .needsFact, let passage { take(passage) }
        return verdict
    }

    private mutating func begin(_ glance: FlowGlance, at time: Timestamp) -> GlanceVerdict {
        // One more of a scan that was told of: nothing else is to be found in it.
        if contacts.countsAtOnce(glance, at: time) { return .seen }
        if habits.isKnown(glance, at: time) { return .needsFact }
        return contacts.began(glance, at: time)
    }

    /// Of a flow that is answered.
    package mutating func answer(_ glance: FlowGlance, at time: Timestamp) -> GlanceVerdict {
        advance(to: time)
        return contacts.answered(glance, at: time)
    }

    /// Of a flow that ended and that nobody waits for; `isAnswered`: and was answered.
    package mutating func end(_ glance: FlowGlance, isAnswered: Bool, at time: Timestamp) -> GlanceVerdict {
        guard !isAsked(glance), !habits.follow(glance) else { return .needsFact }
        advance(to: time)
        if isAnswered { contacts.ended(glance, at: time) }
        return .seen
    }

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

    private mutating func take(_ passage: TunnelPassage) {
        let declaration = passage.declaration { declared.isTunnelEnd($0) }
        overlays.take(passage, declaration, to: &found)
    }

    /// A DNS answer passed.
    package mutating func take(_ answer: NameAnswer) {
        advance(to: answer.time)
        names.take(answer, to: &found)
        declared.take(answer, to: &found)
        profiles.take(answer, to: &found)
    }

    /// Looked up of what may be asked for names only.
    private func resolvers(of fact: FlowFact) -> ResolverEnds {
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
    }

    /// Of `received` packets `dropped` were lost; nil when nobody can say how many.
    package mutating func lost(_ dropped: UInt64?, of received: UInt64, at time: Timestamp) {
        losses.note(received: received, dropped: dropped, at: time)
    }

    /// From now on somebody says when packets are lost: where nobody does, none are.
    package mutating func watchLosses() { losses.isWatched = true }

    /// Says that it is that time, although nothing happened.
    package mutating func advance(to time: Timestamp) {
        let before = found.count
        neighbours.advance(to: time, to: &found)
        overlays.advance(to: time, to: &found)
        listeners.advance(to: time, to: &found)
        // Detectors settle one after the other; what they find is told in the order of time, whoever called how often.
        if found.count > before + 1 { sort(from: before) }
    }

    private mutating func sort(from start: Int) {
        let fresh = found[start...].enumerated().sorted {
            ($0.element.time, $0.offset) < ($1.element.time, $1.offset)
        }
        found.replaceSubrange(start..., with: fresh.map(\.element))
    }

    /// What was found since it was called last: without what the policy spares, and without repeats.
    package mutating func takeAlerts() -> [Alert] {
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
