import Addressing
import Containers
import Flows
import Policy

/// What a policy says of flows, of names and of containers, and of what other detectors found.
struct DeclaredDetectors {
    private var policy: CompiledPolicy
    private var crossings: CrossingDetector
    private(set) var hasLevels: Bool
    /// Whether the policy declares anything that each flow is held against.
    private(set) var asksOfFlows: Bool
    private var hasWays: Bool
    private var levels = EndLevels()
    /// By address and name; empty where none is declared.
    private var feeds: FeedTables
    /// A policy is a kilobyte that would be copied to be asked.
    private(set) var namesResolvers: Bool
    private(set) var namesTunnelEnds: Bool
    private var destinations = DestinationDetector()
    private var images = ImageDetector()

    init(_ policy: CompiledPolicy) {
        self.policy = policy
        crossings = CrossingDetector(policy.declared)
        hasLevels = !policy.declared.sensitivity.abstains
        hasWays = !policy.declared.egress.isEmpty
        feeds = policy.feeds
        asksOfFlows = hasLevels || hasWays || feeds.count > 0
        namesResolvers = policy.isResolver(.v4(IPv4Address(bits: 0))) != nil
        namesTunnelEnds = policy.isTunnelEnd(.v4(IPv4Address(bits: 0))) != nil
    }

    mutating func apply(_ policy: CompiledPolicy) {
        // What was told of whom before is not told again.
        let before = self
        self = Self(policy)
        (crossings, destinations, images) = (before.crossings, before.destinations, before.images)
        crossings.apply(policy.declared)
    }

    /// Whether it matters how a flow was called.
    var asksForNames: Bool { hasWays || feeds.count > 0 }

    /// Whether nothing that is declared has anything to say of a flow that begins, as far as is known without asking the policy. What
    /// crosses levels, or goes outside where ways are declared, is never among them.
    func isHarmless(_ glance: borrowing FlowGlance) -> Bool {
        let isOutward = glance.isToOutside
        if hasWays, isOutward { return false }
        if feeds.count > 0, feeds.feed(of: glance.outline.destination) != nil { return false }
        guard hasLevels else { return true }
        guard let source = levels.level(of: glance.sourceEnd) else { return false }
        guard let source else { return true }
        guard let destination = levels.level(of: glance.destinationEnd) else { return false }
        // The most sensitive must not go outside, whatever level that has.
        return destination.map { $0 == source } ?? !isOutward
    }

    /// The levels of both ends; nil where none is known.
    mutating func levels(of fact: FlowFact) -> FlowLevels {
        guard hasLevels || fact.claimsLevels else { return FlowLevels() }
        let found = FlowLevels(
            source: policy.level(of: PolicyEnd(fact.source)),
            destination: policy.level(of: PolicyEnd(fact.destination))
        )
        if hasLevels {
            levels.note(found.source, of: fact.source.levelKey)
            levels.note(found.destination, of: fact.destination.levelKey)
        }
        return found
    }

    /// The level of a container; nil where none is known.
    mutating func level(of container: Container) -> SensitivityLevel? {
        let party = Party(container)
        return hasLevels || party.claimsLevel ? policy.level(of: PolicyEnd(party)) : nil
    }

    /// Whether an address may be asked for names; nil where nobody says.
    func isResolver(_ address: IPAddress) -> Bool? { namesResolvers ? policy.isResolver(address) : nil }

    /// Whether an address is another host's tunnel end; nil where nobody says.
    func isTunnelEnd(_ address: IPAddress) -> Bool? { namesTunnelEnds ? policy.isTunnelEnd(address) : nil }

    mutating func take(_ fact: FlowFact, to alerts: inout [Alert]) {
        crossings.take(fact, &policy, to: &alerts)
        destinations.take(fact, policy.feeds, to: &alerts)
    }

    mutating func take(_ answer: NameAnswer, to alerts: inout [Alert]) {
        destinations.take(answer, policy.feeds, to: &alerts)
    }

    mutating func take(_ entry: JournalEntry, to alerts: inout [Alert]) {
        switch entry.change {
        case .socket, .listener: break
        default: levels.forget()
        }
        images.take(entry, policy, to: &alerts)
    }

    /// An alert as the policy wants it: nil where its rule is off, its subject may do that, or an exception holds.
    mutating func admitted(_ alert: Alert) -> Alert? {
        let rule = alert.rule.rawValue
        let setting = policy.setting(of: rule)
        if setting.isOn == false { return nil }
        let source = PolicyEnd(alert.source)
        if alert.rule.category == "scan", policy.isBastion(source) { return nil }
        let destination = alert.destination.map { PolicyEnd($0) }
        if policy.exception(for: rule, source: source, destination: destination, at: alert.time) != nil { return nil }
        var alert = alert
        if let severity = setting.severity { alert.severity = severity }
        return alert
    }
}

/// How sensitive the ends of a flow are.
struct FlowLevels {
    var source: SensitivityLevel?
    var destination: SensitivityLevel?

    /// Whether both are known and differ.
    var differ: Bool { source != nil && destination != nil && source != destination }
}

extension FlowFact {
    /// Whether labels of both ends ask for levels: enough to tell a crossing, without any declaration.
    var claimsLevels: Bool { source.claimsLevel && destination.claimsLevel }
}

extension Party {
    /// What its level is remembered by.
    fileprivate var levelKey: EndLevels.Key { EndLevels.Key(address: address, scope: scope, container: container?.key) }

    fileprivate var claimsLevel: Bool { container?.description.labels[Sensitivity.label] != nil }
}

extension PolicyEnd {
    init(_ party: Party) {
        self.init(
            party.address,
            container: party.container,
            segmentName: party.bridgeName,
            segmentNumber: party.segment,
            isOutside: party.isOutside
        )
    }
}
