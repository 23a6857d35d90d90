extension String {
    /// Text that is safe on a terminal and in a log: visible ASCII and the space as sent, any other byte as `?`.
    ///
    /// At most `limit` characters. What a peer sends may hold escape sequences, line ends, or half a UTF-8 character.
    init(printable bytes: RawSpan, limit: Int) {
        self = Self.kept(bytes, limit: limit) { $0 >= 0x20 && $0 < 0x7f }
    }

    /// Text that can be a host name: letters, digits, `-`, `.` and the `_` of service names as sent, any other byte
    /// as `?` (RFC 1123, section 2.1).
    init(hostName bytes: RawSpan, limit: Int) {
        self = Self.kept(bytes, limit: limit) { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x2e, 0x5f: true
            default: false
            }
        }
    }

    /// Written in place: a character at a time costs forty times as much, and this runs for most flows.
    private static func kept(_ bytes: RawSpan, limit: Int, where isKept: (UInt8) -> Bool) -> String {
        let count = Swift.min(bytes.byteCount, limit)
        return unsafe String(unsafeUninitializedCapacity: count) { buffer in
            for offset in 0..<count {
                let byte = bytes[offset]
                unsafe buffer[offset] = isKept(byte) ? byte : 0x3f
            }
            return count
        }
    }
}
