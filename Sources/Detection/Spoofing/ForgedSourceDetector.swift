import Addressing
import Flows

/// Finds containers that send with addresses that are not theirs. Rests on what the journal says of the interface a packet came
/// through; without a journal nothing is forged, and it abstains.
struct ForgedSourceDetector: Sendable {
    private struct Forger: Sendable {
        var flows = CountingWindow()
        var count = 0
        var first: Timestamp
        var evidence = Evidence()
        var telling = Telling()
    }

    private var forgers = SubjectTable<Subject, Forger>(limit: Self.limit)

    static var limit: Int { 4096 }
    /// Flows in a window that are too many: one or two may come before an address is known.
    static var floor: Int { 3 }
    /// Seconds of half a window.
    static var half: Int64 { 150 }

    mutating func take(_ fact: FlowFact, to alerts: inout [Alert]) {
        guard fact.phase == .began, fact.source.isForged, fact.source.container != nil else { return }
        let isNews = forgers.update(fact.source.subject, or: Forger(first: fact.time)) { forger -> Forger? in
            forger.flows.add(at: fact.time.seconds, half: Self.half)
            forger.count += 1
            forger.evidence.add(fact.identifier)
            let recent = forger.flows.count(at: fact.time.seconds, half: Self.half)
            return recent >= Self.floor && forger.telling.isNews(forger.count, at: fact.time) ? forger : nil
        }
        guard let forger = isNews else { return }
        let example = fact.source.address
        alerts.append(
            Alert(
                rule: .forgedSource,
                severity: Rule.forgedSource.severity,
                time: fact.time,
                source: fact.source,
                first: forger.first,
                last: fact.time,
                count: forger.count,
                evidence: forger.evidence.ordered,
                message: "\(fact.source.name) sends with addresses that are not its own, such as \(example)"
            )
        )
    }
}
