import Addressing
import Flows
import Wire

/// Notes tunnels into which nobody sees: ESP, also in UDP, and WireGuard. What goes on in them no detector finds.
///
/// Told once a pair of ends; bounded in pairs.
struct EncryptedOverlayDetector: Sendable {
    private struct Pair: TableKey {
        let low: Subject
        let high: Subject
    }

    private var told = SubjectTable<Pair, Bool>(limit: Self.limit)
    private var tally = PeerTally()

    static var limit: Int { 4096 }
    /// ESP through NAT. RFC 3948
    private static var natPort: UInt16 { 4500 }

    mutating func take(_ fact: FlowFact, to alerts: inout [Alert]) {
        guard let name = Self.name(of: fact) else { return }
        let isOrdered = fact.source.address <= fact.destination.address
        let pair = Pair(
            low: isOrdered ? fact.source.subject : fact.destination.subject,
            high: isOrdered ? fact.destination.subject : fact.source.subject
        )
        let isNew = told.update(pair, or: false) { known -> Bool in
            defer { known = true }
            return !known
        }
        guard isNew else { return }
        let ends = "\(fact.source.name) and \(fact.destination.name)"
        let alert = Alert(.encryptedOverlay, fact, "\(name) between \(ends): nobody sees what is in it")
        let first = fact.source.name
        if let alert = tally.take(
            alert,
            others: { "\(first) has encrypted tunnels to \($0) others: nobody sees into them" }
        ) {
            alerts.append(alert)
        }
    }

    private static func name(of fact: FlowFact) -> String? {
        if fact.protocolNumber == 50 { return "ESP" }
        guard fact.protocolNumber == 17 else { return nil }
        if fact.application == .wireguard { return "WireGuard" }
        let isNAT = fact.port == natPort && fact.sourcePackets > 0 && fact.destinationPackets > 0
        return isNAT && fact.phase != .began && fact.application == .unknown ? "IPsec through NAT" : nil
    }
}
