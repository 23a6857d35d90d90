/// The line that asks in HTTP/1.x, and the host it asks (RFC 9112, section 3).
public struct HTTPRequest: Hashable, Sendable {
    public let method: String

    /// The request target as sent, at most 256 characters; a byte that is not visible ASCII reads `?`.
    public let target: String

    /// The Host field, at most 255 characters. `nil` when absent, or cut by the capture.
    public let host: String?

    /// Reads the bytes of a TCP payload. The target may be cut by the capture: then what is here is taken.
    public init(_ bytes: RawSpan) throws(WireError) {
        var lines = HTTPHeaderLines(bytes)
        guard let (line, isWhole) = lines.next() else { throw .malformed(.http) }
        var space = line.lowerBound
        while space < line.upperBound, Self.isMethodLetter(bytes[space]) { space += 1 }
        guard space < line.upperBound else { throw isWhole ? .malformed(.http) : .truncated(.http) }
        // The longest registered method, UPDATEREDIRECTREF, has 17 letters (IANA, from RFC 4437).
        guard space > line.lowerBound, space - line.lowerBound <= 17, bytes[space] == 0x20 else {
            throw .malformed(.http)
        }
        var end = space + 1
        while end < line.upperBound, bytes[end] != 0x20 { end += 1 }
        guard end > space + 1 else { throw isWhole ? .malformed(.http) : .truncated(.http) }
        method = String(printable: bytes.extracting(line.lowerBound..<space), limit: 17)
        target = String(printable: bytes.extracting(space + 1..<end), limit: 256)
        host = isWhole ? lines.host() : nil
    }

    /// Methods may hold more (RFC 9110, section 5.6.2), but all that are registered are capital letters and `-`.
    private static func isMethodLetter(_ byte: UInt8) -> Bool { (0x41...0x5a).contains(byte) || byte == 0x2d }
}
