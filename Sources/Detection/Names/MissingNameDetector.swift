import Addressing
import Flows
import Policy
import Wire

/// Finds who asks for one domain after the other that nobody registered: programs that make up where they call home do.
///
/// Domains are counted, not questions. Clients that try their search suffixes, and names that mean something inside only, miss in
/// masses on healthy hosts; they are left alone. Bounded in clients, and of each in bytes.
struct MissingNameDetector: Sendable {
    fileprivate struct Client: Sendable {
        let first: Timestamp
        var missing = NameSketch()
        var found = NameSketch()
        var missed = 0
        var answered = 0
        /// Names that were counted last: if one was a suffix tried, the name without it comes next.
        var recent: [QuestionName] = []
        var example = ""
        var evidence = Evidence()
        var telling = Telling()
    }

    private var clients = SubjectTable<Subject, Client>(limit: Self.limit)
    private var domains = 0
    private var window: Int64 = 0

    /// Clients that are remembered.
    var remembered: Int { clients.count }

    static var limit: Int { 2048 }
    static let thresholds: [String: RuleCatalog.Threshold] = [
        "domains": RuleCatalog.Threshold(.count, 5...2000),
        "window": RuleCatalog.Threshold(.time, 60...86_400),
    ]
    fileprivate static var recentLimit: Int { 8 }

    init(_ thresholds: Thresholds) { apply(thresholds) }

    mutating func apply(_ thresholds: Thresholds) {
        domains = thresholds.number("nxdomain", "domains", or: 30)
        window = Int64(thresholds.number("nxdomain", "window", or: 600))
    }

    mutating func take(_ answer: NameAnswer, _ name: QuestionName, to alerts: inout [Alert]) {
        let subject = answer.client.subject
        let isMissing = answer.code == .nameError
        let isOuter = name.domainLabels > 0 && !name.isInner
        // Whoever misses nothing is not remembered.
        guard isOuter && isMissing || clients[subject] != nil else { return }
        let (domains, window) = (domains, window)
        let news = clients.update(subject, or: Client(first: answer.time)) { client -> Client? in
            if answer.time.seconds &- client.first.seconds >= window {
                let telling = client.telling
                client = Client(first: answer.time)
                client.telling = telling
            }
            client.withdrawSuffix(of: name)
            guard isOuter else { return nil }
            let domain = QuestionName(name.domain).hash
            if isMissing {
                client.miss(name, domain, answer)
            } else if answer.code == .noError {
                client.find(domain)
            }
            guard isMissing, client.missed >= domains, client.missed > client.answered,
                client.telling.isNews(client.missed, at: answer.time)
            else { return nil }
            return client
        }
        if let news { alerts.append(alert(news, answer)) }
    }

    private func alert(_ client: Client, _ answer: NameAnswer) -> Alert {
        let span = Elapsed.text(from: client.first, to: answer.time)
        let who = answer.client.name
        return Alert(
            rule: .missingNames,
            severity: answer.client.isOurs ? Rule.missingNames.severity : min(Rule.missingNames.severity, 30),
            time: answer.time,
            source: answer.client,
            first: client.first,
            last: answer.time,
            count: client.missed,
            evidence: client.evidence.ordered,
            message: "\(who) asked for \(client.missed) domains that are not there \(span), such as \(client.example)"
        )
    }
}

extension MissingNameDetector.Client {
    fileprivate mutating func miss(_ name: QuestionName, _ domain: UInt64, _ answer: NameAnswer) {
        guard !found.contains(domain), missing.insert(domain) else { return }
        missed += 1
        example = name.domain
        if recent.count == MissingNameDetector.recentLimit { recent.removeFirst() }
        recent.append(name)
        if let flow = answer.flow { evidence.add(flow) }
    }

    /// Something of the domain is there, so that it is registered.
    fileprivate mutating func find(_ domain: UInt64) {
        guard found.insert(domain) else { return }
        if missing.contains(domain) { missed = max(0, missed - 1) }
        answered += 1
    }

    /// What is asked for now was asked for before with a suffix at its end.
    fileprivate mutating func withdrawSuffix(of name: QuestionName) {
        let before = recent.count
        recent.removeAll { $0.begins(with: name) }
        missed = max(0, missed - (before - recent.count))
    }
}
