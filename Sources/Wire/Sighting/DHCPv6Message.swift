/// A DHCP message for IPv6, of which we read what kind it is. UDP ports 546 and 547.
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |    msg-type   |               transaction-id                  |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///
/// RFC 8415, section 8.
public struct DHCPv6Message: Hashable, Sendable {
    /// 1 SOLICIT, 2 ADVERTISE, 3 REQUEST, 7 REPLY and so on, by section 7.3.
    public private(set) var messageType: UInt8

    /// `bytes` are the UDP payload.
    public init(_ bytes: RawSpan) throws(WireError) {
        guard bytes.byteCount >= 4 else { throw .truncated(.dhcp) }
        guard bytes[0] != 0 else { throw .malformed(.dhcp) }
        messageType = bytes[0]
    }

    /// Whether only a server says this: ADVERTISE, REPLY, RECONFIGURE.
    public var isFromServer: Bool { messageType == 2 || messageType == 7 || messageType == 10 }
}
