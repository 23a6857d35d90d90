import Addressing
import Flows
import Policy
import Wire

/// Finds who asks public resolvers for names over TLS, HTTPS or QUIC, where nobody else can read the questions.
///
/// What answers on port 853 outside, and on port 443 at an address or by a name that a well-known public resolver has. Resolvers
/// that the policy lets be asked are spared. Bounded in pairs of client and server.
struct EncryptedResolverDetector: Sendable {
    private var uses = ServerUse(limit: Self.limit)

    static var limit: Int { 4096 }
    /// Severity where no resolver is declared: browsers and phones do so by themselves.
    static var vagueSeverity: Int { 30 }

    mutating func take(_ fact: FlowFact, _ ends: ResolverEnds, to alerts: inout [Alert]) {
        guard fact.port == 853 || fact.port == 443, fact.source.isOurs, fact.destination.isOutside, fact.isConversation,
            let way = fact.encryptedWay
        else { return }
        let isAllowed = ends.destination
        if isAllowed == true || ends.source == true { return }
        guard let use = uses.add(fact) else { return }
        let server = fact.words?.serverName ?? fact.name ?? fact.destination.name
        alerts.append(
            Alert(
                rule: .encryptedResolver,
                severity: isAllowed == nil ? Self.vagueSeverity : Rule.encryptedResolver.severity,
                time: fact.time,
                source: fact.source,
                destination: fact.destination,
                first: use.first,
                last: fact.last,
                count: use.count,
                evidence: use.evidence.ordered,
                message: "\(fact.source.name) asks the public resolver \(server) for names over \(way)"
            )
        )
    }
}

extension FlowFact {
    /// Whether both ends had their say, beyond what a port that is only tried gives: it asks nothing. Connections that began before
    /// the capture did count.
    fileprivate var isConversation: Bool {
        guard opening != .answer, opening != .synAck else { return false }
        return min(sourceBytes, destinationBytes) > 200
    }

    /// Over what names are asked for with it; nil where they are not, as far as can be told.
    fileprivate var encryptedWay: String? {
        if port == 853 { return protocolNumber == 6 ? "TLS" : "QUIC" }
        // What the client itself said counts before what others call the address.
        let isNamed = (words?.serverName ?? name).map { PublicResolvers.has(name: $0) } ?? false
        return isNamed || PublicResolvers.has(destination.address) ? "HTTPS" : nil
    }
}
