import Addressing
import Flows
import Policy
import Wire

/// Finds data carried in names that are looked up: by how much is new in the names that one client asks for of one domain.
///
/// A label counts when it stands at its place for the first time, so that names made of few parts, as those of blocklists and of
/// reverse lookups, carry little however many there are. Names whose last label can be no top-level domain are taken together
/// by server: tunnels that talk straight to their end need no domain. Bounded in domains, and of each in bytes.
struct DNSTunnelDetector: Sendable {
    private struct Key: TableKey {
        let subject: Subject
        let domain: String
        /// Where there is no domain.
        let server: IPAddress?
    }

    private struct State: Sendable {
        var channel: NameChannel
        var telling = Telling()
    }

    private var states = SubjectTable<Key, State>(limit: Self.limit)
    private var names = 0
    private var bytes = 0
    private var returned = 0
    private var window: Int64 = 0

    /// Domains that are remembered, by client.
    var remembered: Int { states.count }

    static var limit: Int { 4096 }
    static let thresholds: [String: RuleCatalog.Threshold] = [
        "subdomains": RuleCatalog.Threshold(.count, 4...10_000),
        "carried": RuleCatalog.Threshold(.size, 256...1 << 20),
        "returned": RuleCatalog.Threshold(.size, 1024...1 << 30),
        "window": RuleCatalog.Threshold(.time, 60...86_400),
    ]
    /// Names that are needed where it is the answers that carry.
    private static var returnedNames: Int { 64 }

    init(_ thresholds: Thresholds) { apply(thresholds) }

    mutating func apply(_ thresholds: Thresholds) {
        names = thresholds.number("dns", "subdomains", or: 16)
        bytes = thresholds.number("dns", "carried", or: 2560)
        returned = thresholds.number("dns", "returned", or: 16_384)
        window = Int64(thresholds.number("dns", "window", or: 3600))
    }

    mutating func take(_ answer: NameAnswer, _ name: QuestionName, to alerts: inout [Alert]) {
        // What a client's search suffixes make of a name stays inside, where it is not there.
        guard !name.isBare, answer.code != .nameError || !name.isInner else { return }
        let domain = name.domain
        let key = Key(subject: answer.client.subject, domain: domain, server: domain.isEmpty ? answer.server : nil)
        let (bytes, names, returned, window) = (bytes, names, returned, window)
        let news = states.update(key, or: State(channel: NameChannel(answer.time))) { state -> NameChannel? in
            if answer.time.seconds &- state.channel.first.seconds >= window { state.channel = NameChannel(answer.time) }
            state.channel.add(answer, name)
            let channel = state.channel
            let isOut = channel.names >= names && channel.carried >= bytes
            let isBack = channel.names >= max(names, Self.returnedNames) && channel.returned >= returned
            guard isOut || isBack, state.telling.isNews(channel.names, at: answer.time) else { return nil }
            return channel
        }
        if let news { alerts.append(alert(news, answer, domain)) }
    }

    private func alert(_ channel: NameChannel, _ answer: NameAnswer, _ domain: String) -> Alert {
        let place = domain.isEmpty ? "no domain, at \(answer.server)" : domain
        let types = channel.commonTypes.prefix(3).map(\.description).joined(separator: ", ")
        let back = channel.returned > 0 ? " and brought \(channel.returned) back" : ""
        let span = Elapsed.text(from: channel.first, to: answer.time)
        let names = "\(answer.client.name) asked for \(channel.names) names of \(place) \(span)"
        return Alert(
            rule: .dnsTunnel,
            severity: answer.client.isOurs ? Rule.dnsTunnel.severity : min(Rule.dnsTunnel.severity, 30),
            time: answer.time,
            source: answer.client,
            first: channel.first,
            last: answer.time,
            count: channel.names,
            evidence: channel.evidence.ordered,
            message: "\(names), which carried \(channel.carried) bytes\(back) (\(types))"
        )
    }
}
