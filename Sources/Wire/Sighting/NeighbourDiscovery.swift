public import Addressing

/// What hosts and routers on an IPv6 segment tell each other about addresses: ICMPv6 types 133 to 137.
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |     Type      |     Code      |          Checksum             |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |R|S|O|  Flags of NA;  RA: hop limit, flags, router lifetime    |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     ~ NS, NA and redirect: target (16); redirect: destination (16)  ~
///     ~ RA: reachable time (4), retransmission timer (4)              ~
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     | Option type   | Length in 8   |          Value ...            ~
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///
/// RFC 4861, section 4. A value of its own: it outlives the packet, being what we know of a segment. That the hop limit
/// was 255, without which a message came from afar, is for the caller to check.
public struct NeighbourDiscovery: Hashable, Sendable {
    /// The five messages; the numbers are the ICMPv6 types.
    public enum Kind: UInt8, Sendable {
        case routerSolicitation = 133
        case routerAdvertisement = 134
        case neighbourSolicitation = 135
        case neighbourAdvertisement = 136
        case redirect = 137
    }

    /// A prefix that a router advertises for the segment.
    public struct Prefix: Hashable, Sendable {
        public var address: IPv6Address

        /// Leading bits that count, 0 to 128.
        public var length: UInt8

        /// Whether hosts make themselves addresses from it.
        public var isAutonomous: Bool

        /// Seconds it may be used for; 0 withdraws it, the highest value is for ever.
        public var validLifetime: UInt32
    }

    /// Options that are looked at in one message; routers send about six.
    static var maximumOptions: Int { 32 }

    /// Prefixes that are kept of one message.
    static var maximumPrefixes: Int { 8 }

    public private(set) var kind: Kind

    /// The address that is asked for or claimed; for a redirect the better next hop. `nil` between routers and hosts.
    public private(set) var target: IPv6Address?

    /// The hardware address that the message ties to the sender (solicitations, router advertisements) or to the
    /// target (neighbour advertisements, redirects).
    public private(set) var linkLayerAddress: MACAddress?

    /// Whether a neighbour advertisement answers a question; unasked ones announce a change, or poison.
    public private(set) var isSolicited = false

    /// Whether a neighbour advertisement wants to replace what is known.
    public private(set) var isOverride = false

    /// Seconds that a router offers itself as default router; 0 when it does not. `nil` but for its advertisement.
    public private(set) var routerLifetime: UInt16?

    /// The prefixes of a router advertisement, eight at most.
    public private(set) var prefixes: [Prefix] = []

    /// `bytes` start with the ICMPv6 type.
    public init(_ bytes: RawSpan) throws(WireError) {
        guard bytes.byteCount >= 8 else { throw .truncated(.icmpv6) }
        guard let kind = Kind(rawValue: bytes[0]), bytes[1] == 0 else { throw .malformed(.icmpv6) }
        self.kind = kind
        let fixed =
            switch kind {
            case .routerSolicitation: 8
            case .routerAdvertisement: 16
            case .neighbourSolicitation, .neighbourAdvertisement: 24
            case .redirect: 40
            }
        guard bytes.byteCount >= fixed else { throw .truncated(.icmpv6) }
        if fixed >= 24 { target = Self.address(in: bytes, at: 8) }
        if kind == .neighbourAdvertisement {
            isSolicited = bytes[4] & 0x40 != 0
            isOverride = bytes[4] & 0x20 != 0
        }
        if kind == .routerAdvertisement { routerLifetime = bytes.bigEndian(UInt16.self, at: 6) }
        try readOptions(in: bytes, from: fixed)
    }

    private mutating func readOptions(in bytes: RawSpan, from start: Int) throws(WireError) {
        let hasSource = kind != .neighbourAdvertisement && kind != .redirect
        var offset = start
        for _ in 0..<Self.maximumOptions where offset < bytes.byteCount {
            guard bytes.byteCount >= offset &+ 8 else { throw .truncated(.icmpv6) }
            let size = Int(bytes[offset &+ 1]) &* 8
            // Section 4.6: a message with an empty option is to be dropped.
            guard size > 0 else { throw .malformed(.icmpv6) }
            guard bytes.byteCount >= offset &+ size else { throw .truncated(.icmpv6) }
            switch bytes[offset] {
            case 1 where hasSource && size == 8, 2 where !hasSource && size == 8:
                linkLayerAddress = MACAddress(bits: bytes.bigEndian(UInt64.self, at: offset))
            case 3 where kind == .routerAdvertisement && size == 32:
                guard bytes[offset &+ 2] <= 128 else { throw .malformed(.icmpv6) }
                guard prefixes.count < Self.maximumPrefixes else { break }
                prefixes.append(
                    Prefix(
                        address: Self.address(in: bytes, at: offset &+ 16),
                        length: bytes[offset &+ 2],
                        isAutonomous: bytes[offset &+ 3] & 0x40 != 0,
                        validLifetime: bytes.bigEndian(UInt32.self, at: offset &+ 4)
                    )
                )
            default: break
            }
            offset &+= size
        }
    }

    private static func address(in bytes: RawSpan, at offset: Int) -> IPv6Address {
        IPv6Address(
            high: bytes.bigEndian(UInt64.self, at: offset),
            low: bytes.bigEndian(UInt64.self, at: offset &+ 8)
        )
    }
}
