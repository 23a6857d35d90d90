import Addressing
import Baseline
import Containers
import Flows
import Policy
import Wire

/// Finds what workloads do that the profile has not that was learned of them. Without a baseline, and of whoever has no profile, it says
/// nothing.
///
/// Each new thing is told, up to `each` of a container and rule in an hour; beyond that they are told together.
struct BaselineDetectors: Sendable {
    private struct Key: TableKey {
        let subject: Subject
        let rule: Rule
    }

    private var watch: BaselineWatch?
    private var listeners = ContainerListeners()
    private var deviants = SubjectTable<Key, Deviations>(limit: Self.deviantLimit)
    private var each: Int
    private var margin: Int

    /// What a policy may set.
    static let thresholds: [String: RuleCatalog.Threshold] = [
        "each": RuleCatalog.Threshold(.count, 1...100),
        "peers": RuleCatalog.Threshold(.count, 1...10_000),
    ]

    /// Containers and rules of which it is remembered what was told.
    static var deviantLimit: Int { 4096 }
    /// New things of one container that are told each by itself.
    static var each: Int { 5 }

    init(_ baseline: Baseline?, _ thresholds: Thresholds = Thresholds()) {
        each = thresholds.number("baseline", "each", or: Self.each)
        let margin = thresholds.number("baseline", "peers", or: BaselineWatch.margin)
        self.margin = margin
        watch = baseline.map { BaselineWatch($0, margin: margin) }
    }

    /// Whether there is a baseline that flows are compared with.
    var isWatching: Bool { watch != nil }

    /// Goes by another baseline from now on.
    mutating func apply(_ baseline: Baseline?, _ thresholds: Thresholds) {
        each = thresholds.number("baseline", "each", or: Self.each)
        margin = thresholds.number("baseline", "peers", or: BaselineWatch.margin)
        watch = baseline.map { BaselineWatch($0, margin: margin) }
    }

    mutating func take(_ fact: FlowFact, to alerts: inout [Alert]) {
        // Whoever forges a source is found for that, and does not speak for whom he names.
        guard watch != nil, !fact.source.isForged, fact.isJudged else { return }
        let observation = BaselineObservation(fact)
        for deviation in watch?.take(observation) ?? [] {
            let isOfListener = if case .listener = deviation.kind { true } else { false }
            let party = isOfListener ? fact.destination : fact.source
            // Who is unusual is ours to say, who calls him is not.
            note(deviation, of: party, peer: isOfListener ? nil : fact.destination, fact.name, to: &alerts)
        }
    }

    mutating func take(_ answer: NameAnswer, to alerts: inout [Alert]) {
        guard watch != nil, answer.code == .noError, answer.answers > 0 else { return }
        let lookup = BaselineLookup(answer.name, by: BaselineEnd(answer.client), at: answer.time)
        guard let deviation = watch?.take(lookup) else { return }
        note(deviation, of: answer.client, to: &alerts)
    }

    mutating func take(_ entry: JournalEntry, to alerts: inout [Alert]) {
        guard watch != nil else { return }
        for (listener, container) in listeners.take(entry) {
            let end = BaselineEnd(listener.address, container: container)
            let observed = BaselineListener(
                end,
                protocolNumber: listener.protocolNumber,
                port: listener.port,
                at: entry.time
            )
            guard let deviation = watch?.take(observed) else { continue }
            let party = Party(listener.address, kind: .container, confidence: .certain, container: container)
            note(deviation, of: party, to: &alerts)
        }
    }

    private mutating func note(
        _ deviation: Deviation,
        of party: Party,
        peer: Party? = nil,
        _ name: String? = nil,
        to alerts: inout [Alert]
    ) {
        let rule = deviation.kind.rule
        let told = deviants.update(Key(subject: party.subject, rule: rule), or: Deviations()) {
            $0.note(deviation, each: each)
        }
        guard let told else { return }
        let isOne = told.count <= each
        alerts.append(
            Alert(
                rule: rule,
                severity: rule.severity,
                time: deviation.time,
                source: party,
                destination: isOne && rule != .newFanOut ? peer : nil,
                first: told.first,
                last: deviation.time,
                count: isOne ? 1 : told.count,
                evidence: told.evidence,
                message: deviation.kind.sentence(
                    of: party.name,
                    peer: name ?? peer?.name,
                    count: isOne ? 1 : told.count
                )
            )
        )
    }
}
