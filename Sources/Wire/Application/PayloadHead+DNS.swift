/// DNS has no mark of its own; what gives it away is how few values its header takes.
extension PayloadHead {
    /// Whether this can be DNS: enough on a port that is DNS's.
    @inline(__always)
    var isDNS: Bool {
        guard count >= 12 else { return false }
        return Self.isPossible(first)
    }

    /// Whether this can be nothing else, whatever the port: one question and, in a query, no answers.
    @inline(__always)
    var isUnmistakablyDNS: Bool {
        count >= 17 && Self.isUnmistakable(first, second)
    }

    /// The same behind two octets of length, which must reach to the end of the segment or past it (RFC 7766).
    @inline(__always)
    var isDNSOverTCP: Bool {
        let length = Int(first >> 48)
        guard count >= 14, length >= 12 else { return false }
        let first = first << 16 | second >> 48
        if usesPort(53) { return Self.isPossible(first) }
        return length >= count - 2 && count >= 19 && Self.isUnmistakable(first, second << 16)
    }

    /// An operation that exists, in a query that asks something or in a response. A request for status asks nothing.
    @inline(__always)
    private static func isPossible(_ first: UInt64) -> Bool {
        let flags = first >> 32 & 0xffff
        let questions = first >> 16 & 0xffff
        guard flags >> 11 & 0xf <= 6, questions <= 32 else { return false }
        if flags & 0x8000 != 0 { return flags & 0xf <= 11 }
        return flags & 0xf == 0 && (questions > 0 || flags >> 11 == 2)
    }

    @inline(__always)
    private static func isUnmistakable(_ first: UInt64, _ second: UInt64) -> Bool {
        // The opcode and the bit that must be zero are zero, one question.
        guard first & 0x7840_ffff_0000 == 1 << 16 else { return false }
        let flags = first >> 32 & 0xffff
        // What a query may have set: recursion desired, authentic data, checking disabled.
        let isPlausible = flags & 0x8000 == 0 ? flags & ~0x0130 == 0 && first & 0xffff == 0 : flags & 0xf <= 5
        // Fewer than 256 records in each section.
        return isPlausible && first & 0xff00 == 0 && second & 0xff00_ff00_0000_0000 == 0 && second >> 24 & 0xff <= 63
    }
}
