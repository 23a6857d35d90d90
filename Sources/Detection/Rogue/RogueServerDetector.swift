import Addressing
import Containers

/// Finds containers that offer to route for others (CVE-2020-10749) or to lease them addresses, and where nobody knows who is a
/// container, a second router or server beside one that is there.
///
/// Bounded in segments; of each it remembers the first router and the first server.
struct RogueServerDetector: Sendable {
    private struct Key: TableKey {
        let scope: UInt32
        let isRouter: Bool
        let isIPv6: Bool
    }

    private struct Known: Sendable {
        var address: IPAddress
        var second: Int64
    }

    private var known = SubjectTable<Key, Known>(limit: Self.limit)
    private var tellings = SubjectTable<Subject, Telling>(limit: Self.tellingLimit)

    static var limit: Int { 4096 }
    static var tellingLimit: Int { 1024 }
    /// Seconds after which the first one is not there any more, when it says nothing.
    static var memory: Int64 { 1800 }
    /// Severity of a second one, which may be there on purpose.
    static var vagueSeverity: Int { 30 }

    mutating func take(_ hearsay: Hearsay, to alerts: inout [Alert]) {
        let (address, rule): (IPAddress, Rule)
        switch hearsay.kind {
        case .router: (address, rule) = (hearsay.speaker.address, .rogueRouter)
        case .lease(let server): (address, rule) = (server, .rogueDHCP)
        case .claim, .question: return
        }
        let isContainer = hearsay.speaker.kind == .container
        guard isContainer || isSecond(address, rule, hearsay) else { return }
        let isNews = tellings.update(hearsay.speaker.subject, or: Telling()) { $0.isNews(1, at: hearsay.time) }
        guard isNews else { return }
        let offer = rule == .rogueRouter ? "offers itself as a router" : "answers as a DHCP server"
        let reason = isContainer ? "and is a container" : "beside another one"
        alerts.append(
            Alert(
                rule: rule,
                severity: isContainer ? rule.severity : Self.vagueSeverity,
                time: hearsay.time,
                source: hearsay.speaker,
                first: hearsay.time,
                last: hearsay.time,
                count: 1,
                evidence: [],
                message: "\(hearsay.speaker.name) \(offer), \(reason)"
            )
        )
    }

    private mutating func isSecond(_ address: IPAddress, _ rule: Rule, _ hearsay: Hearsay) -> Bool {
        let key = Key(scope: hearsay.scope, isRouter: rule == .rogueRouter, isIPv6: address.isIPv6)
        let second = hearsay.time.seconds
        let first = known[key]
        guard let first, first.address != address, second &- first.second < Self.memory else {
            known.set(key, Known(address: address, second: second))
            return false
        }
        return true
    }
}
