/// Something that a recording of our own holds between its frames: what a pipeline was told there.
///
/// A custom block of pcapng (draft-ietf-opsawg-pcapng, section 4.9) whose data begin with `RecordingMark`. What is in the bytes, whoever
/// feeds pipelines knows. Docs/Recording.md has the whole format.
package struct RecordedNote: Hashable, Sendable {
    /// What kind of note it is; a newer version may have more.
    package var kind: UInt16
    /// Whether it says again what stands in the files before this one.
    package var isRepeated = false
    /// Whether the next note of this kind goes on with what this one says.
    package var isContinued = false
    package var bytes: [UInt8]

    package init(kind: UInt16, bytes: [UInt8]) {
        self.kind = kind
        self.bytes = bytes
    }

    /// The kind of what is no block but an option of the packet before: the pipeline looked at what it had put off. Never written as one.
    package static var settled: UInt16 { .max }

    /// Bytes of memory that it takes, about.
    var weight: Int { bytes.count + 64 }

    /// Bytes before those of the note: the mark, kind, flags, two that are zero, and how many follow.
    static var headerLength: Int { RecordingMark.length + 10 }

    private enum Flag {
        static var repeated: UInt16 { 1 }
        static var continued: UInt16 { 2 }
    }

    /// Reads a custom block's body, which begins with the enterprise number; nil when it is none of ours or damaged.
    init?(_ body: RawSpan, _ byteOrder: ByteOrder) {
        let start = 4
        guard body.byteCount >= start + Self.headerLength, RecordingMark.isThere(body, byteOrder) else { return nil }
        let little = ByteOrder.little
        let fields = start + RecordingMark.length
        kind = little.load(UInt16.self, body, at: fields)
        let flags = little.load(UInt16.self, body, at: fields + 2)
        let length = Int(little.load(UInt32.self, body, at: fields + 6))
        let begin = start + Self.headerLength
        guard length <= body.byteCount - begin else { return nil }
        isRepeated = flags & Flag.repeated != 0
        isContinued = flags & Flag.continued != 0
        bytes = body.extracting(begin..<(begin + length)).octets
    }

    var flags: UInt16 { (isRepeated ? Flag.repeated : 0) | (isContinued ? Flag.continued : 0) }
}

extension FixedWidthInteger {
    /// Its bytes in little-endian.
    package var littleEndianBytes: [UInt8] { unsafe withUnsafeBytes(of: littleEndian) { unsafe [UInt8]($0) } }
}

extension ByteOrder {
    /// What custom data are written in, whatever the section is.
    static var little: Self { Self(isForeign: UInt16(littleEndian: 1) != 1) }
}

extension RawSpan {
    /// All of it, copied.
    var octets: [UInt8] { unsafe withUnsafeBytes { unsafe [UInt8]($0) } }
}
