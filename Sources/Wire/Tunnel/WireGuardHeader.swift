/// The part of a WireGuard message that is not encrypted. It may be on any UDP port.
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |     Type      |                Reserved, zero                 |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |     Types 1 and 2: sender index; types 3 and 4: receiver      |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |                     Type 2: receiver index                    |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///
/// Donenfeld, "WireGuard: Next Generation Kernel Network Tunnel", section 5.4. Indices are little-endian.
@frozen public struct WireGuardHeader: ~Escapable {
    /// The four messages there are; the numbers are those on the wire.
    @frozen public enum Message: UInt8, Sendable {
        case handshakeInitiation = 1
        case handshakeResponse = 2
        case cookieReply = 3
        case transportData = 4
    }

    @usableFromInline let bytes: RawSpan

    /// Which of the messages this is.
    public let message: Message

    /// `nil` unless type, reserved bytes and the whole datagram's length agree: the port tells nothing, and a datagram
    /// of another protocol is no malformed WireGuard.
    ///
    /// - Parameters:
    ///   - bytes: the UDP payload, as much of it as was captured.
    ///   - datagramLength: bytes of UDP payload there were on the wire.
    @inlinable
    @_lifetime(copy bytes)
    public init?(_ bytes: RawSpan, datagramLength: Int) {
        guard bytes.byteCount >= 12, bytes.bigEndian(UInt32.self, at: 0) & 0xff_ffff == 0,
            let message = Message(rawValue: bytes[0])
        else { return nil }
        let fits =
            switch message {
            case .handshakeInitiation: datagramLength == 148
            case .handshakeResponse: datagramLength == 92
            case .cookieReply: datagramLength == 64
            // A header of 16, a payload padded to 16, an authentication tag of 16; a keep-alive has no payload.
            case .transportData: datagramLength >= 32 && datagramLength & 15 == 0
            }
        guard fits else { return nil }
        self.bytes = bytes
        self.message = message
    }

    /// The name that the message's sender gave to the session; `nil` after the handshake.
    @inlinable public var senderIndex: UInt32? {
        switch message {
        case .handshakeInitiation, .handshakeResponse: bytes.bigEndian(UInt32.self, at: 4).byteSwapped
        case .cookieReply, .transportData: nil
        }
    }

    /// The name that the message's receiver gave to the session; `nil` in the first message, which has none yet.
    @inlinable public var receiverIndex: UInt32? {
        switch message {
        case .handshakeInitiation: nil
        case .handshakeResponse: bytes.bigEndian(UInt32.self, at: 8).byteSwapped
        case .cookieReply, .transportData: bytes.bigEndian(UInt32.self, at: 4).byteSwapped
        }
    }
}
