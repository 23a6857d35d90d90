public import Addressing

/// A DHCP message for IPv4: who asks for, offers or is given which address. UDP ports 67 and 68.
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |     op        |   htype       |   hlen        |   hops        |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     ~ xid (4), secs (2), flags (2), ciaddr (4), yiaddr (4), siaddr  ~
///     ~ (4), giaddr (4), chaddr (16), sname (64), file (128)          ~
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |                  magic cookie, 0x63825363                     |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |  Option code  |    Length     |          Value ...            ~
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///
/// RFC 2131, section 2, and RFC 2132. A value of its own: it outlives the packet, being what we know of a host.
/// Options that overflow into sname and file (option 52) are not read.
public struct DHCPMessage: Hashable, Sendable {
    /// Where the options begin.
    private static var optionsOffset: Int { 240 }

    /// Whether a server says it, and not a client (op 2, and 1).
    public private(set) var isReply: Bool

    /// What pairs a client's questions with the answers.
    public private(set) var transactionIdentifier: UInt32

    /// The client's hardware address; `nil` on links without 48-bit ones.
    public private(set) var clientHardwareAddress: MACAddress?

    /// The address that the client has and can be reached at; `nil` before it has one.
    public private(set) var clientAddress: IPv4Address?

    /// The address that the server gives, or offers, to the client.
    public private(set) var yourAddress: IPv4Address?

    /// Option 53: 1 DISCOVER, 2 OFFER, 3 REQUEST, 4 DECLINE, 5 ACK, 6 NAK, 7 RELEASE, 8 INFORM. `nil` in plain BOOTP.
    public private(set) var messageType: UInt8?

    /// Option 50: the address that the client would like.
    public private(set) var requestedAddress: IPv4Address?

    /// Option 54: the server that speaks, or that the client chose.
    public private(set) var serverIdentifier: IPv4Address?

    /// Option 12: the client's name. Not to be trusted: whoever asks writes what it likes.
    public private(set) var hostName: String?

    /// Option 60: the make of the client, such as `MSFT 5.0` or `udhcp 1.36.1`. Not to be trusted either.
    public private(set) var vendorClass: String?

    /// `bytes` are the UDP payload. Options may end without their end mark, as some clients have it.
    public init(_ bytes: RawSpan) throws(WireError) {
        guard bytes.byteCount >= Self.optionsOffset else { throw .truncated(.dhcp) }
        let operation = bytes[0]
        guard operation == 1 || operation == 2, bytes[2] <= 16, bytes.bigEndian(UInt32.self, at: 236) == 0x6382_5363
        else { throw .malformed(.dhcp) }
        isReply = operation == 2
        transactionIdentifier = bytes.bigEndian(UInt32.self, at: 4)
        clientAddress = Self.address(in: bytes, at: 12)
        yourAddress = Self.address(in: bytes, at: 16)
        if bytes[1] == 1, bytes[2] == 6 {
            clientHardwareAddress = MACAddress(bits: bytes.bigEndian(UInt64.self, at: 28) >> 16)
        }
        try readOptions(in: bytes)
    }

    private mutating func readOptions(in bytes: RawSpan) throws(WireError) {
        var offset = Self.optionsOffset
        // Every turn moves on by a byte or more.
        while offset < bytes.byteCount {
            let code = bytes[offset]
            if code == 0 {
                offset &+= 1
                continue
            }
            guard code != 255 else { return }
            guard bytes.byteCount >= offset &+ 2 else { throw .truncated(.dhcp) }
            let length = Int(bytes[offset &+ 1])
            let value = offset &+ 2
            guard bytes.byteCount >= value &+ length else { throw .truncated(.dhcp) }
            switch (code, length) {
            case (53, 1): messageType = bytes[value]
            case (50, 4): requestedAddress = Self.address(in: bytes, at: value)
            case (54, 4): serverIdentifier = Self.address(in: bytes, at: value)
            case (53, _), (50, _), (54, _): throw .malformed(.dhcp)
            case (12, 1...): hostName = String(printable: bytes.extracting(value..<value &+ length), limit: 255)
            case (60, 1...): vendorClass = String(printable: bytes.extracting(value..<value &+ length), limit: 255)
            default: break
            }
            offset = value &+ length
        }
    }

    /// The address there; `nil` for 0.0.0.0, which stands for none.
    private static func address(in bytes: RawSpan, at offset: Int) -> IPv4Address? {
        let bits = bytes.bigEndian(UInt32.self, at: offset)
        return bits == 0 ? nil : IPv4Address(bits: bits)
    }
}
