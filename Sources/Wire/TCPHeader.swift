/// A TCP header, without its options.
///
///      0                   1                   2                   3
///     +-------------------------------+-------------------------------+
///     |          source port          |       destination port        |
///     +-------------------------------+-------------------------------+
///     |                        sequence number                        |
///     +---------------------------------------------------------------+
///     |                     acknowledgment number                     |
///     +-------+-------+---------------+-------------------------------+
///     |Offset | rsvd  |C E U A P R S F|            window             |
///     +-------+-------+---------------+-------------------------------+
///     |           checksum            |         urgent pointer        |
///     +-------------------------------+-------------------------------+
///
/// RFC 9293, section 3.1.
@frozen public struct TCPHeader: ~Escapable {
    /// Twenty bytes without options.
    @inlinable public static var minimumLength: Int { 20 }

    @usableFromInline let bytes: RawSpan

    /// Fails with `.truncated` when fewer than twenty bytes are there, with `.malformed` when the data offset is
    /// shorter than the header. Options may be cut off by a snapshot.
    @inlinable @inline(__always)
    @_lifetime(copy bytes)
    public init(_ bytes: RawSpan) throws(WireError) {
        guard bytes.byteCount >= Self.minimumLength else { throw .truncated(.tcp) }
        self.bytes = bytes
        guard length >= Self.minimumLength else { throw .malformed(.tcp) }
    }

    /// Both ports at once, the source's in the high half.
    @inlinable public var ports: UInt32 { bytes.provenBigEndian(UInt32.self, at: 0) }

    /// Of the first byte of payload, or of the SYN.
    @inlinable public var sequenceNumber: UInt32 { bytes.provenBigEndian(UInt32.self, at: 4) }

    /// The next byte the sender waits for; meaningful with the ACK flag.
    @inlinable public var acknowledgmentNumber: UInt32 { bytes.provenBigEndian(UInt32.self, at: 8) }

    /// The header's length with options, 20…60.
    @inlinable public var length: Int { Int(bytes.provenBigEndian(UInt8.self, at: 12) >> 4) &* 4 }

    /// CWR, ECE, URG, ACK, PSH, RST, SYN, FIN from the high bit down.
    @inlinable public var flags: TCPFlags { TCPFlags(rawValue: bytes.provenBigEndian(UInt8.self, at: 13)) }

    /// Bytes the sender would take, unscaled.
    @inlinable public var window: UInt16 { bytes.provenBigEndian(UInt16.self, at: 14) }
}

/// The control bits of a TCP header. RFC 9293, section 3.1.
@frozen public struct TCPFlags: OptionSet, Sendable, BitwiseCopyable {
    public var rawValue: UInt8

    @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }

    @inlinable public static var fin: Self { Self(rawValue: 0x01) }
    @inlinable public static var syn: Self { Self(rawValue: 0x02) }
    @inlinable public static var rst: Self { Self(rawValue: 0x04) }
    @inlinable public static var psh: Self { Self(rawValue: 0x08) }
    @inlinable public static var ack: Self { Self(rawValue: 0x10) }
}
