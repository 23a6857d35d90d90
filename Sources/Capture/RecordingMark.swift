/// What tells custom blocks and options of our recordings from everybody else's: an enterprise number, and behind it eight letters and
/// a version.
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |                Private Enterprise Number (PEN)                |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |      'P'      |      'O'      |      'R'      |      'T'      |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |      'O'      |      'L'      |      'A'      |      'N'      |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |            Version            |              Kind             |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///
/// The number is RFC 5612's for documentation, as none is registered for us: the letters are what counts. The number stands in the
/// section's byte order, everything behind it in little-endian.
enum RecordingMark {
    static var enterprise: UInt32 { 32_473 }
    static var version: UInt16 { 1 }

    /// Letters and version.
    static var length: Int { 10 }

    /// The letters as a number in little-endian.
    static var letters: UInt64 { 0x4e41_4c4f_5452_4f50 }

    /// Whether bytes that begin with an enterprise number go on as ours of a version that is known here.
    static func isThere(_ bytes: RawSpan, _ byteOrder: ByteOrder) -> Bool {
        guard bytes.byteCount >= 4 + length else { return false }
        return byteOrder.load(UInt32.self, bytes, at: 0) == enterprise
            && ByteOrder.little.load(UInt64.self, bytes, at: 4) == letters
            && ByteOrder.little.load(UInt16.self, bytes, at: 12) == version
    }
}

/// The custom options of our recordings: of an interface and of a packet, a number each.
enum RecordingOption {
    /// Binary data that may be copied (`opt_custom`), which every block may have.
    static var code: UInt16 { 2989 }

    /// Of an interface: which of the captures, as notes number them, its frames came from.
    static var capture: UInt16 { 1 }
    /// Of a packet: how often the pipeline looked, right after it, at what it had put off.
    static var settled: UInt16 { 2 }

    /// The kind and the number of one of our options; nil when it is another's.
    static func read(_ value: RawSpan, _ byteOrder: ByteOrder) -> (kind: UInt16, number: UInt32)? {
        let begin = 4 + RecordingMark.length
        guard value.byteCount >= begin + 6, RecordingMark.isThere(value, byteOrder) else { return nil }
        let little = ByteOrder.little
        return (little.load(UInt16.self, value, at: begin), little.load(UInt32.self, value, at: begin + 2))
    }
}
