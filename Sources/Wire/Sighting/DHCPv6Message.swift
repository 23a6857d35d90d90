public import Addressing

/// A DHCP message for IPv6: which client asks for, or is given, which addresses. UDP ports 546 and 547.
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |    msg-type   |               transaction-id                  |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |          Option code          |            Length             |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     ~                            Value ...                          ~
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///
/// RFC 8415, sections 8 and 21. A value of its own: it outlives the packet, being what we know of a host. What relays
/// wrap (RELAY-FORW and RELAY-REPL) is not unwrapped; delegated prefixes are not read.
public struct DHCPv6Message: Hashable, Sendable {
    /// An address that a client would like, or that a server gives it.
    public struct Lease: Hashable, Sendable {
        public var address: IPv6Address

        /// Seconds it may be used for; from a client a wish, often 0; from a server 0 takes the address away.
        public var validLifetime: UInt32
    }

    /// Options that are looked at in one message, those inside others included; clients send about ten.
    static var maximumOptions: Int { 64 }

    /// Addresses that are kept of one message.
    static var maximumLeases: Int { 8 }

    /// 1 SOLICIT, 2 ADVERTISE, 3 REQUEST, 7 REPLY and so on, by section 7.3.
    public private(set) var messageType: UInt8

    /// Option 1: the client's DUID, 3 to 130 octets that stay the same on all its links and over its lifetime.
    public private(set) var clientIdentifier: [UInt8]?

    /// Option 39: the client's name, whole or its first labels (RFC 4704). Not to be trusted: it writes what it likes.
    public private(set) var hostName: String?

    /// The addresses of the client's associations (IA_NA and IA_TA), eight at most.
    public private(set) var leases: [Lease] = []

    /// `bytes` are the UDP payload.
    public init(_ bytes: RawSpan) throws(WireError) {
        guard bytes.byteCount >= 4 else { throw .truncated(.dhcp) }
        guard bytes[0] != 0 else { throw .malformed(.dhcp) }
        messageType = bytes[0]
        // Relays have two addresses where the options of others begin.
        guard messageType != 12, messageType != 13 else { return }
        try readOptions(in: bytes)
    }

    /// Whether only a server says this: ADVERTISE, REPLY, RECONFIGURE.
    public var isFromServer: Bool { messageType == 2 || messageType == 7 || messageType == 10 }

    /// The hardware address in the client's DUID, where that is made of one (DUID-LLT and DUID-LL, section 11).
    ///
    /// It tells clients apart; it need not be that of the interface which sent the message.
    public var clientHardwareAddress: MACAddress? {
        guard let identifier = clientIdentifier else { return nil }
        switch (identifier.prefix(4), identifier.count) {
        case ([0, 1, 0, 1], 14), ([0, 3, 0, 1], 10):
            return MACAddress(bits: identifier.suffix(6).reduce(0) { $0 << 8 | UInt64($1) })
        default:
            return nil
        }
    }

    private mutating func readOptions(in bytes: RawSpan) throws(WireError) {
        var offset = 4
        var remaining = Self.maximumOptions
        while offset < bytes.byteCount, remaining > 0 {
            remaining -= 1
            guard let option = Self.option(in: bytes, at: offset) else { throw .truncated(.dhcp) }
            let value = option.value
            offset = value.upperBound
            switch option.code {
            case 1:
                guard (3...130).contains(value.count) else { throw .malformed(.dhcp) }
                clientIdentifier = Self.octets(of: bytes, in: value)
            // IA_NA has an identifier and two times in front of its options, IA_TA an identifier alone.
            case 3, 4:
                let fixed = option.code == 3 ? 12 : 4
                guard value.count >= fixed else { throw .malformed(.dhcp) }
                try readLeases(in: bytes.extracting(value.dropFirst(fixed)), &remaining)
            case 39 where value.count > 1:
                // After a byte of flags, the labels of a name, without the root when there is more to it.
                let labels = Self.octets(of: bytes, in: value.dropFirst()) + [0]
                let name = unsafe try? DNSName.read(labels.span.bytes, at: 0).text
                hostName = name == "." ? nil : name
            default: break
            }
        }
    }

    private mutating func readLeases(in bytes: RawSpan, _ remaining: inout Int) throws(WireError) {
        var offset = 0
        while offset < bytes.byteCount, remaining > 0 {
            remaining -= 1
            // All bytes of the association are there, so that an option beyond them contradicts it.
            guard let option = Self.option(in: bytes, at: offset) else { throw .malformed(.dhcp) }
            offset = option.value.upperBound
            guard option.code == 5 else { continue }
            guard option.value.count >= 24 else { throw .malformed(.dhcp) }
            guard leases.count < Self.maximumLeases else { return }
            let value = option.value.lowerBound
            leases.append(
                Lease(
                    address: IPv6Address(
                        high: bytes.bigEndian(UInt64.self, at: value),
                        low: bytes.bigEndian(UInt64.self, at: value &+ 8)
                    ),
                    validLifetime: bytes.bigEndian(UInt32.self, at: value &+ 20)
                )
            )
        }
    }

    /// An option's code, and where its value lies; `nil` when not all of it is there.
    private static func option(in bytes: RawSpan, at offset: Int) -> (code: UInt16, value: Range<Int>)? {
        let value = offset &+ 4
        guard bytes.byteCount >= value else { return nil }
        let end = value &+ Int(bytes.bigEndian(UInt16.self, at: offset &+ 2))
        guard bytes.byteCount >= end else { return nil }
        return (bytes.bigEndian(UInt16.self, at: offset), value..<end)
    }

    private static func octets(of bytes: RawSpan, in range: Range<Int>) -> [UInt8] {
        var octets: [UInt8] = []
        octets.reserveCapacity(range.count)
        for index in range { octets.append(bytes[index]) }
        return octets
    }
}
