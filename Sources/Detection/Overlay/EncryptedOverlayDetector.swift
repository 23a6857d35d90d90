import Addressing
package import Flows
import Wire

/// Notes tunnels into which nobody sees: ESP, also in UDP, and WireGuard. What goes on in them no detector finds.
///
/// Told once a pair of ends; bounded in pairs.
package struct EncryptedOverlayDetector: Sendable {
    /// Of pairs of ends that were told.
    private var told = RecentPrints(limit: Self.limit)
    private var tally = PeerTally()

    static var limit: Int { 4096 }
    /// ESP through NAT. RFC 3948
    static var natPort: UInt16 { 4500 }

    mutating func take(_ fact: FlowFact, to alerts: inout [Alert]) {
        guard let name = Self.name(of: fact) else { return }
        guard told.insert(Self.print(of: fact)) else { return }
        let told = tally.take(.encryptedOverlay, fact, Self.alert(fact, name)) {
            "\(fact.source.name) has encrypted tunnels to \($0) others: nobody sees into them"
        }
        if let told { alerts.append(told) }
    }

    /// The same whoever of both began.
    private static func print(of fact: FlowFact) -> UInt64 {
        Imprint(fact.source.subject).print ^ Imprint(fact.destination.subject).print
    }

    private static func alert(_ fact: FlowFact, _ name: String) -> Alert {
        let ends = "\(fact.source.name) and \(fact.destination.name)"
        return Alert(.encryptedOverlay, fact, "\(name) between \(ends): nobody sees what is in it")
    }

    /// Whether a flow that ended may be ESP in UDP: by its port alone.
    package static func isForNAT(_ flow: FlowOutline) -> Bool {
        flow.protocolNumber == 17 && flow.destinationPort == natPort && flow.destinationPackets > 0
    }

    private static func name(of fact: FlowFact) -> String? {
        if fact.protocolNumber == 50 { return "ESP" }
        guard fact.protocolNumber == 17 else { return nil }
        if fact.application == .wireguard { return "WireGuard" }
        let isNAT = fact.port == natPort && fact.sourcePackets > 0 && fact.destinationPackets > 0
        return isNAT && fact.phase != .began && fact.application == .unknown ? "IPsec through NAT" : nil
    }
}
