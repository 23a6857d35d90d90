/// The lines at the start of an HTTP message (RFC 9112, section 2.1).
///
/// A line ends with LF, and a CR before it belongs to the end (section 2.2). Reading stops at the empty line, at the end
/// of the bytes and after 8,192 octets, so that a body without line ends costs no more than a header.
struct HTTPHeaderLines: ~Escapable {
    private let bytes: RawSpan
    private var offset = 0

    @_lifetime(copy bytes)
    init(_ bytes: RawSpan) {
        self.bytes = bytes.extracting(first: 8192)
    }

    /// Where the next line lies, and whether its end was seen; `nil` at the end of the header.
    mutating func next() -> (line: Range<Int>, isWhole: Bool)? {
        guard offset < bytes.byteCount else { return nil }
        let start = offset
        while offset < bytes.byteCount, bytes[offset] != 0x0a { offset += 1 }
        let isWhole = offset < bytes.byteCount
        var end = offset
        if end > start, bytes[end - 1] == 0x0d { end -= 1 }
        offset += 1
        return isWhole && end == start ? nil : (start..<end, isWhole)
    }

    /// The value of the Host field among the lines that follow, at most 255 characters; `nil` when it is empty or cut.
    mutating func host() -> String? {
        while let (line, isWhole) = next() {
            guard line.count >= 5, isHost(at: line.lowerBound) else { continue }
            var value = line.lowerBound + 5..<line.upperBound
            while let first = value.first, isBlank(at: first) { value.removeFirst() }
            while let last = value.last, isBlank(at: last) { value.removeLast() }
            // Half a name would be another name.
            guard isWhole, !value.isEmpty else { return nil }
            return String(printable: bytes.extracting(value), limit: 255)
        }
        return nil
    }

    /// Whether `host:` is here. Field names come in any letter case (RFC 9110, section 5.1).
    private func isHost(at offset: Int) -> Bool {
        bytes.bigEndian(UInt32.self, at: offset) | 0x2020_2020 == 0x686f_7374 && bytes[offset + 4] == 0x3a
    }

    private func isBlank(at offset: Int) -> Bool { bytes[offset] == 0x20 || bytes[offset] == 0x09 }
}
