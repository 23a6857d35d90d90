/// The line that answers in HTTP/1.x (RFC 9112, section 4).
public struct HTTPResponse: Hashable, Sendable {
    /// Three digits: 100 to 599 have a meaning, any are carried.
    public let status: UInt16

    /// Reads the bytes of a TCP payload.
    public init(_ bytes: RawSpan) throws(WireError) {
        guard bytes.byteCount >= 12 else { throw .truncated(.http) }
        // "HTTP", then "/", "." and a space around the two digits of the version.
        guard bytes.bigEndian(UInt32.self, at: 0) == 0x4854_5450, bytes[4] == 0x2f, bytes[6] == 0x2e, bytes[8] == 0x20
        else { throw .malformed(.http) }
        var status: UInt16 = 0
        for offset in 9..<12 {
            guard (0x30...0x39).contains(bytes[offset]) else { throw .malformed(.http) }
            status = status * 10 + UInt16(bytes[offset] - 0x30)
        }
        // A fourth digit would make another number of it.
        if bytes.byteCount > 12, (0x30...0x39).contains(bytes[12]) { throw .malformed(.http) }
        self.status = status
    }
}
