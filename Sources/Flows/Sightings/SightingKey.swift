import Addressing
import Wire

/// What makes two sightings the same fact: what is said, by whom, in which scope; not when, and not where it was seen.
///
/// Integers only, read from the frame without an allocation. What does not fit is in a digest with the process's secret
/// seed: nobody can choose two messages that collide, and among 2^16 facts two do so once in 2^32 runs.
struct SightingKey: Hashable {
    /// Kind, ICMP type, code, address family and scope.
    private var kind: UInt64
    /// The Ethernet source with a bit above it; 0 for none.
    private var link: UInt64 = 0
    /// Addresses of the IP packet, IPv4 ones in the low half. Of ARP: hardware and protocol address.
    private var source = IPv6Address(high: 0, low: 0)
    private var destination = IPv6Address(high: 0, low: 0)
    /// Of everything else that was said.
    private var digest: UInt64 = 0

    /// `nil` when the message is too short to be one.
    init?(_ message: borrowing SightingMessage, scope: UInt32) {
        kind = UInt64(message.kind.rawValue) << 56 | UInt64(scope)
        // An error is forwarded, and has another Ethernet source after each router.
        if message.kind != .icmpError, let address = message.senderHardwareAddress {
            link = 1 << 48 | address.bits
        }
        note(message.source, message.destination)
        let bytes = message.bytes
        switch message.kind {
        case .arp:
            guard bytes.byteCount >= ARPPacket.length else { return nil }
            kind |= UInt64(bytes.bigEndian(UInt16.self, at: 6)) << 32
            source = IPv6Address(high: Self.hardwareAddress(bytes, at: 8), low: Self.address(bytes, at: 14))
            destination = IPv6Address(high: Self.hardwareAddress(bytes, at: 18), low: Self.address(bytes, at: 24))
        case .neighbourDiscovery:
            guard bytes.byteCount >= ICMPv6Header.length else { return nil }
            kind |= UInt64(bytes[0]) << 32
            // Only the checksum is left out.
            digest = Self.digest(of: bytes.extracting(droppingFirst: 4), and: message.hopLimit ?? 0)
        case .dhcp:
            guard bytes.byteCount >= 240 else { return nil }
            kind |= UInt64(bytes[0]) << 32
            var hasher = Hasher()
            // Transaction and seconds change with every try; who, which addresses, and the options do not.
            hasher.combine(bytes.bigEndian(UInt64.self, at: 12))
            hasher.combine(bytes.bigEndian(UInt64.self, at: 28))
            Self.combine(bytes.extracting(droppingFirst: 240), into: &hasher)
            digest = UInt64(truncatingIfNeeded: hasher.finalize())
        case .dhcpv6:
            guard bytes.byteCount >= 4 else { return nil }
            kind |= UInt64(bytes[0]) << 32
        case .icmpError:
            guard let error = Self.error(message) else { return nil }
            kind |= UInt64(error.type) << 32 | UInt64(error.code) << 40
            digest = UInt64(truncatingIfNeeded: error.hashValue)
        case .none:
            return nil
        }
    }

    private mutating func note(_ source: IPAddress?, _ destination: IPAddress?) {
        switch (source, destination) {
        case (.v4(let source), .v4(let destination)):
            self.source.low = UInt64(source.bits)
            self.destination.low = UInt64(destination.bits)
        case (.v6(let source), .v6(let destination)):
            self.source = source
            self.destination = destination
            kind |= 1 << 48
        default: break
        }
    }

    /// Reading an error whole allocates nothing either.
    private static func error(_ message: borrowing SightingMessage) -> ICMPError? {
        do throws(WireError) {
            return try ICMPError(message.bytes, isICMPv6: message.isICMPv6)
        } catch {
            return nil
        }
    }

    private static func hardwareAddress(_ bytes: RawSpan, at offset: Int) -> UInt64 {
        bytes.bigEndian(UInt64.self, at: offset) >> 16
    }

    private static func address(_ bytes: RawSpan, at offset: Int) -> UInt64 {
        UInt64(bytes.bigEndian(UInt32.self, at: offset))
    }

    private static func digest(of bytes: RawSpan, and octet: UInt8) -> UInt64 {
        var hasher = Hasher()
        hasher.combine(octet)
        combine(bytes, into: &hasher)
        return UInt64(truncatingIfNeeded: hasher.finalize())
    }

    private static func combine(_ bytes: RawSpan, into hasher: inout Hasher) {
        var offset = 0
        while offset &+ 8 <= bytes.byteCount {
            hasher.combine(bytes.bigEndian(UInt64.self, at: offset))
            offset &+= 8
        }
        while offset < bytes.byteCount {
            hasher.combine(bytes[offset])
            offset &+= 1
        }
    }
}
