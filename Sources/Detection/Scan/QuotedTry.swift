import Addressing
import Flows

/// A try as an ICMP error quotes it: what tells it apart from others under way.
struct QuotedTry: Hashable, Sendable {
    let source: IPAddress
    let destination: IPAddress
    let ports: UInt32
    let scope: UInt32
    let protocolNumber: UInt8

    init(_ fact: FlowFact) {
        source = fact.source.address
        destination = fact.destination.address
        ports = UInt32(fact.sourcePort) << 16 | UInt32(fact.port)
        scope = fact.source.scope
        protocolNumber = fact.protocolNumber
    }

    init(_ quote: QuotedPacket, scope: UInt32) {
        source = quote.source
        destination = quote.destination
        ports = UInt32(quote.sourcePort ?? 0) << 16 | UInt32(quote.destinationPort ?? 0)
        self.scope = scope
        protocolNumber = quote.protocolNumber
    }
}

extension ICMPError {
    /// Whether it says that nobody is there, or that a firewall stands before it: not that a packet was too large.
    var isUnreachable: Bool { isICMPv6 ? type == 1 : type == 3 && code != 4 }
}
