import Addressing
import Flows

/// A try as an ICMP error quotes it: what tells it apart from others under way.
struct QuotedTry: Hashable, Sendable {
    let source: IPAddress
    let destination: IPAddress
    let ports: UInt32
    let scope: UInt32
    let protocolNumber: UInt8

    @inline(__always)
    init(_ open: Try) {
        source = open.source.address
        destination = open.destination.address
        ports = UInt32(open.sourcePort) << 16 | UInt32(open.port)
        scope = open.source.scope
        protocolNumber = open.protocolNumber
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
