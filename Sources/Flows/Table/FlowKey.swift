import Addressing
import Wire

/// What tells one flow from another: scope, protocol and both ends.
///
/// A scope is a number of 24 bits in the key's last word, above the transport's 40; the hash leaves it out.
protocol FlowKey: BitwiseCopyable, Equatable {
    /// Of a packet, with its scope put in.
    init(_ packet: borrowing Packet, scope: UInt32)

    /// From its form for either family; nil when it is of the other one.
    init?(_ wide: TranslatedKey)

    /// Both ports, the protocol, the scope.
    var transport: UInt64 { get set }

    /// The same without looking at scopes.
    func isSameOutsideScope(_ other: Self) -> Bool

    /// The low or the high end's address in two halves; IPv4 ones in the low half.
    func halves(high: Bool) -> (high: UInt64, low: UInt64)

    static var isIPv6: Bool { get }

    /// As the dissector hashed it.
    func hash(_ seed: HashSeed) -> UInt64
}

extension FlowKey {
    /// The scope's number.
    var scope: UInt32 { UInt32(truncatingIfNeeded: transport >> 40) }

    /// The IANA protocol number.
    @inline(__always)
    var protocolNumber: UInt8 { UInt8(truncatingIfNeeded: transport >> 32) }

    /// The low end's port.
    var lowPort: UInt16 { UInt16(truncatingIfNeeded: transport >> 16) }

    /// The high end's port.
    var highPort: UInt16 { UInt16(truncatingIfNeeded: transport) }

    /// The low or the high end's address.
    func address(high: Bool) -> IPAddress {
        let halves = halves(high: high)
        return IPAddress(high: halves.high, low: halves.low, isIPv6: Self.isIPv6)
    }

    /// Where an index has a key of that hash: with the scope mixed in, so that one conversation in a thousand scopes does
    /// not fall on one place. Distinct scopes fall on distinct places, as the factor is odd.
    @inline(__always)
    static func spread(_ hash: UInt64, _ scope: UInt32) -> UInt64 {
        hash &+ UInt64(scope) &* 0x9e37_79b9_7f4a_7c15
    }

    /// The same of this key.
    func place(_ seed: HashSeed) -> UInt64 { Self.spread(hash(seed), scope) }

    /// The same ends and protocol in another scope.
    func inScope(_ scope: UInt32) -> Self {
        var key = self
        key.transport = transport & Self.hashedBits | UInt64(scope) << 40
        return key
    }

    /// What of `transport` the hash knows.
    static var hashedBits: UInt64 { 0xff_ffff_ffff }
}

/// The key of an IPv4 flow: two words.
struct IPv4FlowKey: FlowKey {
    var addresses: UInt64
    var transport: UInt64

    @inline(__always)
    init(_ packet: borrowing Packet, scope: UInt32) {
        addresses = packet.key0
        transport = packet.transport | UInt64(scope) << 40
    }

    init?(_ wide: TranslatedKey) {
        guard case .v4(let low) = wide.low, case .v4(let high) = wide.high else { return nil }
        addresses = UInt64(low.bits) << 32 | UInt64(high.bits)
        transport = wide.transport
    }

    func isSameOutsideScope(_ other: Self) -> Bool {
        addresses == other.addresses && (transport ^ other.transport) & Self.hashedBits == 0
    }

    func halves(high: Bool) -> (high: UInt64, low: UInt64) {
        (0, high ? addresses & 0xffff_ffff : addresses >> 32)
    }

    static var isIPv6: Bool { false }

    func hash(_ seed: HashSeed) -> UInt64 { seed.mix(addresses, transport & Self.hashedBits) }
}

/// The key of an IPv6 flow: five words.
struct IPv6FlowKey: FlowKey {
    var lowHigh: UInt64
    var lowLow: UInt64
    var highHigh: UInt64
    var highLow: UInt64
    var transport: UInt64

    @inline(__always)
    init(_ packet: borrowing Packet, scope: UInt32) {
        lowHigh = packet.key0
        lowLow = packet.key1
        highHigh = packet.key2
        highLow = packet.key3
        transport = packet.transport | UInt64(scope) << 40
    }

    init?(_ wide: TranslatedKey) {
        guard case .v6(let low) = wide.low, case .v6(let high) = wide.high else { return nil }
        (lowHigh, lowLow) = (low.high, low.low)
        (highHigh, highLow) = (high.high, high.low)
        transport = wide.transport
    }

    func isSameOutsideScope(_ other: Self) -> Bool {
        lowHigh == other.lowHigh && lowLow == other.lowLow && highHigh == other.highHigh && highLow == other.highLow
            && (transport ^ other.transport) & Self.hashedBits == 0
    }

    func halves(high: Bool) -> (high: UInt64, low: UInt64) {
        high ? (highHigh, highLow) : (lowHigh, lowLow)
    }

    static var isIPv6: Bool { true }

    func hash(_ seed: HashSeed) -> UInt64 {
        seed.mix(lowHigh, lowLow, highHigh, highLow, transport & Self.hashedBits)
    }
}
