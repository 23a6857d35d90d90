extension JSONBuffer {
    /// Writes a key and a Community ID: its version, a colon, and the digest in base64 (RFC 4648, section 4).
    mutating func pair(_ name: StaticString, _ identifier: CommunityID) {
        key(name)
        beginValue()
        append(literal: "\"1:")
        append(base64: identifier.digest.span)
        append(0x22)
    }

    /// Appends octets in base64, padded.
    mutating func append(base64 octets: Span<UInt8>) {
        var start = 0
        while start < octets.count {
            let count = min(3, octets.count - start)
            var group: UInt32 = 0
            for offset in 0..<3 {
                group = group << 8 | (offset < count ? UInt32(octets[start + offset]) : 0)
            }
            for place in 0..<4 {
                let value = UInt8(truncatingIfNeeded: group >> UInt32(18 - place * 6) & 63)
                append(place <= count ? Self.base64(value) : 0x3d)
            }
            start += 3
        }
    }

    private static func base64(_ value: UInt8) -> UInt8 {
        switch value {
        case ..<26: 0x41 &+ value
        case ..<52: 0x61 &+ value &- 26
        case ..<62: 0x30 &+ value &- 52
        case 62: 0x2b
        default: 0x2f
        }
    }
}
