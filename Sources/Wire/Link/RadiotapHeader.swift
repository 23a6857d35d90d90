/// What a wireless driver tells about the reception of an 802.11 frame, in front of it. LINKTYPE 127.
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |  Version, 0   |      Pad      |    Length (little-endian)     |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |       Present (little-endian; bit 31: one more word)          |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     ~      Fields, in the order of their bits, each aligned ...     ~
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///
/// radiotap.org.
@frozen public struct RadiotapHeader: ~Escapable {
    /// Words of `Present` that are followed; drivers write one for each antenna.
    @usableFromInline static var maximumPresentWords: Int { 32 }

    @usableFromInline let bytes: RawSpan

    /// Bytes of this header, fields included.
    public let length: Int

    /// The flags field of the first namespace, 0 when it is absent.
    @usableFromInline let flags: UInt8

    @_lifetime(copy bytes)
    public init(_ bytes: RawSpan) throws(WireError) {
        guard bytes.byteCount >= 8 else { throw .truncated(.radiotap) }
        let length = Int(bytes.bigEndian(UInt16.self, at: 2).byteSwapped)
        guard bytes[0] == 0, length >= 8 else { throw .malformed(.radiotap) }
        guard bytes.byteCount >= length else { throw .truncated(.radiotap) }
        var fields = 8
        // Bit 31 lies in the last byte of a little-endian word.
        while bytes[fields &- 1] & 0x80 != 0 {
            fields &+= 4
            guard fields <= length, fields <= 4 &+ Self.maximumPresentWords &* 4 else { throw .malformed(.radiotap) }
        }
        let present = bytes[4]
        var flags: UInt8 = 0
        if present & 0x02 != 0 {
            // A time stamp of eight bytes comes first, aligned to eight from the header's start.
            let offset = present & 0x01 != 0 ? ((fields &+ 7) & ~7) &+ 8 : fields
            guard offset < length else { throw .malformed(.radiotap) }
            flags = bytes[offset]
        }
        self.bytes = bytes
        self.length = length
        self.flags = flags
    }

    /// Whether the frame ends with its four-byte check sequence.
    @inlinable public var hasFrameCheckSequence: Bool { flags & 0x10 != 0 }

    /// Whether the driver padded the 802.11 header to a multiple of four.
    @inlinable public var isPadded: Bool { flags & 0x20 != 0 }

    /// Whether the frame failed its check: nothing in it can be trusted.
    @inlinable public var isDamaged: Bool { flags & 0x40 != 0 }
}
