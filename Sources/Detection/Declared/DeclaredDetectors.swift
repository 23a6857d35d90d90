import Addressing
import Containers
import Policy

/// What a policy says of flows, of names and of containers, and of what other detectors found.
struct DeclaredDetectors {
    private(set) var policy: CompiledPolicy

    init(_ policy: CompiledPolicy) { self.policy = policy }

    mutating func apply(_ policy: CompiledPolicy) { self.policy = policy }

    /// The levels of both ends; nil where none is known.
    mutating func levels(of fact: FlowFact) -> FlowLevels {
        policy.declared.sensitivity.abstains
            ? FlowLevels()
            : FlowLevels(
                source: policy.level(of: PolicyEnd(fact.source)),
                destination: policy.level(of: PolicyEnd(fact.destination))
            )
    }

    /// Whether an address may be asked for names; nil where nobody says.
    func isResolver(_ address: IPAddress) -> Bool? { policy.isResolver(address) }

    mutating func take(_ fact: FlowFact, to alerts: inout [Alert]) {}

    mutating func take(_ answer: NameAnswer, to alerts: inout [Alert]) {}

    mutating func take(_ entry: JournalEntry, to alerts: inout [Alert]) {}

    /// An alert as the policy wants it: nil where its rule is off, its subject is spared, or an exception holds.
    mutating func admitted(_ alert: Alert) -> Alert? { alert }
}

/// How sensitive the ends of a flow are.
struct FlowLevels {
    var source: SensitivityLevel?
    var destination: SensitivityLevel?

    /// Whether both are known and differ.
    var differ: Bool { source != nil && destination != nil && source != destination }
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
