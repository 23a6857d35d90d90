/// The line with which each side of an SSH connection says what it is (RFC 4253, section 4.2).
public struct SSHBanner: Hashable, Sendable {
    /// The whole line without its end, at most 255 characters, such as `SSH-2.0-OpenSSH_9.2p1 Debian-2`; a byte that is
    /// not visible ASCII reads `?`.
    public let identification: String

    /// What runs there, such as `OpenSSH_9.2p1`; `nil` when the line has no second dash.
    public let softwareVersion: String?

    /// Reads the bytes of a TCP payload that starts with the line. The capture may cut it: then what is here is taken.
    public init(_ bytes: RawSpan) throws(WireError) {
        guard bytes.byteCount >= 4 else { throw .truncated(.ssh) }
        guard bytes.bigEndian(UInt32.self, at: 0) == 0x5353_482d else { throw .malformed(.ssh) }
        var end = 4
        var software: Int?
        while end < min(bytes.byteCount, 255), bytes[end] != 0x0d, bytes[end] != 0x0a {
            if bytes[end] == 0x2d, software == nil { software = end + 1 }
            end += 1
        }
        identification = String(printable: bytes.extracting(0..<end), limit: 255)
        guard let software else {
            softwareVersion = nil
            return
        }
        var space = software
        while space < end, bytes[space] != 0x20 { space += 1 }
        softwareVersion = space > software ? String(printable: bytes.extracting(software..<space), limit: 255) : nil
    }
}
