import Addressing
import Containers
import Policy

/// What a policy says of flows, of names and of containers, and of what other detectors found.
struct DeclaredDetectors {
    private var policy: CompiledPolicy
    private var crossings: CrossingDetector
    private var hasLevels: Bool
    /// Whether the policy declares anything that each flow is held against.
    private(set) var asksOfFlows: Bool
    /// A policy is a kilobyte that would be copied to be asked.
    private(set) var namesResolvers: Bool
    private(set) var namesTunnelEnds: Bool
    private var destinations = DestinationDetector()
    private var images = ImageDetector()

    init(_ policy: CompiledPolicy) {
        self.policy = policy
        crossings = CrossingDetector(policy.declared)
        hasLevels = !policy.declared.sensitivity.abstains
        asksOfFlows = hasLevels || policy.feeds.count > 0 || !policy.declared.egress.isEmpty
        namesResolvers = policy.isResolver(.v4(IPv4Address(bits: 0))) != nil
        namesTunnelEnds = policy.isTunnelEnd(.v4(IPv4Address(bits: 0))) != nil
    }

    mutating func apply(_ policy: CompiledPolicy) {
        self.policy = policy
        crossings.apply(policy.declared)
        hasLevels = !policy.declared.sensitivity.abstains
        asksOfFlows = hasLevels || policy.feeds.count > 0 || !policy.declared.egress.isEmpty
        namesResolvers = policy.isResolver(.v4(IPv4Address(bits: 0))) != nil
        namesTunnelEnds = policy.isTunnelEnd(.v4(IPv4Address(bits: 0))) != nil
    }

    /// The levels of both ends; nil where none is known.
    mutating func levels(of fact: FlowFact) -> FlowLevels {
        guard hasLevels || fact.claimsLevels else { return FlowLevels() }
        return FlowLevels(
            source: policy.level(of: PolicyEnd(fact.source)),
            destination: policy.level(of: PolicyEnd(fact.destination))
        )
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
