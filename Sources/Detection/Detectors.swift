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
        names.apply(thresholds)
        habits.apply(thresholds)
        overlays.apply(thresholds)
        listeners.apply(thresholds)
        declared.apply(policy)
        profiles.apply(baseline, thresholds)
    }

    /// Whether nothing is to be found in a flow that begins and is not answered, beyond that it was counted: one more of a scan that was
    /// told of. Where a policy declares anything of flows, or a baseline is in force, all are looked at.
    package mutating func passesOver(beginning glance: FlowGlance, at time: Timestamp) -> Bool {
        guard !declared.asksOfFlows, !profiles.isWatching, !glance.isForSelf, !glance.claimsLevel else { return false }
        advance(to: time)
        return !habits.isKnown(glance) && contacts.countsAtOnce(glance, at: time)
    }

    /// The same of a flow that ended unanswered and was not waited for.
    package mutating func passesOver(ending glance: FlowGlance) -> Bool {
        glance.isBare && !declared.asksOfFlows && !profiles.isWatching && !contacts.follows(glance.serial)
            && !habits.follow(glance)
    }

    package mutating func take(_ fact: FlowFact) {
        advance(to: fact.time)
        contacts.take(fact, to: &found)
        land.take(fact, to: &found)
        forgers.take(fact, to: &found)
        names.take(fact, resolvers(of: fact), to: &found)
        let levels = declared.levels(of: fact)
        habits.take(fact, levels, to: &found)
        overlays.take(fact, to: &found)
        if let passage = TunnelPassage(fact) {
            overlays.take(passage, fact, passage.declaration(declared.isTunnelEnd), to: &found)
        }
        plaintext.take(fact, levels, to: &found)
        declared.take(fact, to: &found)
        profiles.take(fact, to: &found)
    }

    /// The responder of a flow that began sent its first packet.
    package mutating func answered(_ serial: UInt32, isRefusal: Bool, at time: Timestamp) {
        advance(to: time)
        contacts.answered(serial, isRefusal: isRefusal, at: time, to: &found)
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
        if case .icmpError(let error) = sighting.fact { return take(error, in: sighting.scope, at: sighting.time) }
        for hearsay in Hearsay.of(sighting, from: party) { take(hearsay) }
    }

    /// What cannot be reached was refused, as far as looking for it goes.
    private mutating func take(_ error: ICMPError, in scope: UInt32, at time: Timestamp) {
        advance(to: time)
        guard error.isUnreachable, let quote = error.quote else { return }
        contacts.unreachable(quote, scope: scope, at: time, to: &found)
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
        contacts.advance(to: time, to: &found)
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
        defer { found.removeAll(keepingCapacity: true) }
        return found.compactMap { declared.admitted($0) }.filter { repeats.admits($0) }.map { alert in
            var alert = alert
            alert.loss = losses.ratio(from: alert.first, to: alert.time)
            return alert
        }
    }
}
