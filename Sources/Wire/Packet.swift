public import Addressing

/// What the flow table needs to know of one frame: the innermost IP packet's key, its lengths, and where to look further.
///
/// A plain value of two cache lines, written once by the dissector and read once by the table. Addresses are canonical:
/// the *low* end is the one with the smaller address, then port; `isReversed` says that the high end sent the packet.
@frozen public struct Packet: Sendable, BitwiseCopyable {
    /// IPv4: low address in the high half, high address in the low half. IPv6: first half of the low address.
    public var key0: UInt64 = 0
    /// IPv6 only: second half of the low address.
    public var key1: UInt64 = 0
    /// IPv6 only: first half of the high address.
    public var key2: UInt64 = 0
    /// IPv6 only: second half of the high address.
    public var key3: UInt64 = 0

    /// Low port in bits 16…31, high port in bits 0…15, protocol number in bits 32…39.
    public var transport: UInt64 = 0

    /// Of the key above; scope not included.
    public var hash: UInt64 = 0

    /// When the frame passed.
    public var time = Timestamp(nanoseconds: 0)

    /// The innermost IP packet's total length on the wire, in bytes.
    public var length: UInt32 = 0

    /// TCP sequence number.
    public var sequence: UInt32 = 0
    /// TCP acknowledgment number.
    public var acknowledgment: UInt32 = 0

    /// Bytes of transport payload the packet had on the wire.
    public var payloadLength: UInt32 = 0
    /// Where that payload, or the message of a sighting, begins in the frame.
    public var payloadOffset: UInt32 = 0
    /// How many of its bytes were captured.
    public var payloadCaptured: UInt32 = 0

    /// The last overlay segment entered: its 24-bit identifier with `segmentIsNamed` set; 0 when none was.
    public var segment: UInt32 = 0
    /// The VLANs around the innermost IP packet: outer in bits 12…23, inner in bits 0…11; 0 for none.
    public var vlan: UInt32 = 0

    /// The tunnels around the innermost IP packet.
    public var tunnels = TunnelStack()
    /// Identifier of the innermost tunnel: VNI, GRE key, TEID.
    public var tunnelIdentifier: UInt32 = 0
    /// Where the IP header outside the innermost tunnel begins; -1 when there is none.
    public var outerOffset: Int32 = -1
    /// Source and destination port of the innermost tunnel's outer UDP header; 0 when there is none.
    public var outerPorts: UInt32 = 0

    /// Where the innermost Ethernet header begins; -1 when there is none.
    public var linkOffset: Int32 = -1
    /// The kernel's interface index, when the frame itself carries one (SLL2); 0 otherwise.
    public var interfaceIndex: UInt32 = 0

    /// What fragments of one datagram have in common; valid with one of the fragment flags.
    public var fragmentIdentifier: UInt32 = 0

    /// TCP window, unscaled.
    public var window: UInt16 = 0
    /// TCP control bits.
    public var tcpFlags: TCPFlags = []
    public var flags: Flags = []
    /// ICMP and ICMPv6 type; valid for those protocols.
    public var icmpType: UInt8 = 0
    /// ICMP and ICMPv6 code.
    public var icmpCode: UInt8 = 0
    /// What else it tells, besides being part of a flow.
    public var sighting: SightingKind = .none
    /// Which way the frame passed.
    public var direction: FrameDirection = .unknown

    @inlinable public init() {}

    /// The segment around an ARP message, as in `segment`: it may lie deeper than the IP packet it counts for.
    ///
    /// Kept where TCP's sequence number would be, as what carries ARP is no TCP.
    @inlinable public var arpSegment: UInt32 {
        get { sequence }
        set { sequence = newValue }
    }

    /// The VLANs around an ARP message, as in `vlan`. Kept where TCP's acknowledgment number would be.
    @inlinable public var arpVLAN: UInt32 {
        get { acknowledgment }
        set { acknowledgment = newValue }
    }

    /// Set in `segment` when a segment was entered: identifier 0 is a segment too.
    @inlinable public static var segmentIsNamed: UInt32 { 0x0100_0000 }

    /// The protocol number of the innermost IP packet, as IANA registers them.
    @inlinable public var protocolNumber: UInt8 { UInt8(truncatingIfNeeded: transport >> 32) }

    /// The low end's port.
    @inlinable public var lowPort: UInt16 { UInt16(truncatingIfNeeded: transport >> 16) }

    /// The high end's port.
    @inlinable public var highPort: UInt16 { UInt16(truncatingIfNeeded: transport) }

    /// Yes-or-no facts about a packet.
    @frozen public struct Flags: OptionSet, Sendable, BitwiseCopyable {
        public var rawValue: UInt8
        @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }

        /// It belongs to an IPv4 flow.
        @inlinable public static var ipv4: Self { Self(rawValue: 1) }
        /// It belongs to an IPv6 flow. With neither it belongs to none.
        @inlinable public static var ipv6: Self { Self(rawValue: 2) }
        /// The high end sent it.
        @inlinable public static var reversed: Self { Self(rawValue: 4) }
        /// It is the first fragment of a datagram.
        @inlinable public static var firstFragment: Self { Self(rawValue: 8) }
        /// It is a later fragment: its ports stand in another packet.
        @inlinable public static var laterFragment: Self { Self(rawValue: 16) }
        /// Its transport header was read whole; TCP fields are valid.
        @inlinable public static var hasTransport: Self { Self(rawValue: 32) }
    }
}

/// What a frame tells besides being part of a flow.
@frozen public enum SightingKind: UInt8, Sendable, BitwiseCopyable {
    case none
    case arp
    case neighbourDiscovery
    case dhcp
    case dhcpv6
    case icmpError
}
