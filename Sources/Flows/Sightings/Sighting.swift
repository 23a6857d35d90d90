public import Addressing
public import Wire

/// What a packet told besides being part of a flow: who claims an address, who offers to route or to lease, what failed.
///
/// A value of its own. Nothing in it is proven: any host can say anything, and that the parts contradict each other is
/// how spoofing shows.
public struct Sighting: Hashable, Sendable {
    /// When the packet passed; packet time.
    public var time: Timestamp

    /// Number of the scope in which its addresses mean something.
    public var scope: UInt32

    /// Number of the observation point that saw this packet. Others that saw the same are not told of.
    public var point: UInt16

    /// Source of the Ethernet header around the message; `nil` when no Ethernet header stands right around it.
    public var senderHardwareAddress: MACAddress?

    /// Who sent the IP packet, and of an ICMP error who says it; `nil` for ARP.
    public var source: IPAddress?

    /// Whom the IP packet was for; `nil` for ARP.
    public var destination: IPAddress?

    /// Hop limit of a neighbour discovery message. Below 255 it came from outside the segment and is to be disbelieved
    /// (RFC 4861, section 3.1); `nil` for other messages, and when extension headers stand before it.
    public var hopLimit: UInt8?

    /// What was said.
    public var fact: Fact

    /// How often it was said since it was told last, this time included; frames seen at several points count each time.
    public var count: UInt64 = 1

    /// When it was said the time before; `nil` the first time, or when that is forgotten.
    public var previous: Timestamp?

    /// What was said, by protocol.
    public enum Fact: Hashable, Sendable {
        /// An ARP request or reply, gratuitous ones and probes among them.
        case arp(ARPClaim)
        /// A solicitation or advertisement of a neighbour or router, or a redirect.
        case neighbourDiscovery(NeighbourDiscovery)
        /// DHCP for IPv4; plain BOOTP too.
        case dhcp(DHCPMessage)
        /// DHCP for IPv6.
        case dhcpv6(DHCPv6Message)
        /// An ICMP or ICMPv6 error.
        case icmpError(ICMPError)
    }

    /// Reads what `packet` tells; `nil` when it tells nothing, or its bytes contradict their protocol or were cut off.
    ///
    /// `frame` is the whole frame as captured, which the packet's offsets count from.
    public init?(_ packet: borrowing Packet, frame: RawSpan, scope: UInt32, point: UInt16, time: Timestamp) {
        guard let message = SightingMessage(packet, frame: frame) else { return nil }
        self.init(message, scope: scope, point: point, time: time)
    }

    init?(_ message: borrowing SightingMessage, scope: UInt32, point: UInt16, time: Timestamp) {
        do throws(WireError) {
            fact = try message.readFact()
        } catch {
            // Whether cut off or malformed, nobody can be told of it; the table counts it.
            return nil
        }
        self.time = time
        self.scope = scope
        self.point = point
        senderHardwareAddress = message.senderHardwareAddress
        source = message.source
        destination = message.destination
        hopLimit = message.hopLimit
    }
}

extension Sighting.Fact {
    /// Which protocol said it.
    public var kind: SightingKind {
        switch self {
        case .arp: .arp
        case .neighbourDiscovery: .neighbourDiscovery
        case .dhcp: .dhcp
        case .dhcpv6: .dhcpv6
        case .icmpError: .icmpError
        }
    }
}
