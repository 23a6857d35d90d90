/// The Secure Hash Algorithm SHA-1 (FIPS 180-4, section 6.1).
///
/// For names that others compute with it, such as Community IDs. Not for anything that must withstand an attack:
/// collisions can be made.
struct SHA1 {
    private var state: InlineArray<5, UInt32> = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476, 0xc3d2_e1f0]

    /// The digest of a message: twenty octets.
    static func digest(_ message: Span<UInt8>) -> InlineArray<20, UInt8> {
        var hash = SHA1()
        var start = 0
        while start + 64 <= message.count {
            hash.mix { message[start + $0] }
            start += 64
        }
        let rest = message.count - start
        let bits = UInt64(message.count) &* 8
        // A one, zeros, and the length in the last eight octets of the last block.
        let blocks = rest < 56 ? 1 : 2
        for block in 0..<blocks {
            hash.mix { offset in
                let position = block * 64 + offset
                if position < rest { return message[start + position] }
                if position == rest { return 0x80 }
                let fromEnd = blocks * 64 - 1 - position
                return fromEnd < 8 ? UInt8(truncatingIfNeeded: bits >> UInt64(fromEnd * 8)) : 0
            }
        }
        return hash.octets
    }

    private var octets: InlineArray<20, UInt8> {
        InlineArray { UInt8(truncatingIfNeeded: state[$0 / 4] >> UInt32(24 - $0 % 4 * 8)) }
    }

    private mutating func mix(_ octet: (Int) -> UInt8) {
        var schedule = InlineArray<80, UInt32>(repeating: 0)
        for index in 0..<16 {
            var word: UInt32 = 0
            for offset in 0..<4 { word = word << 8 | UInt32(octet(index * 4 + offset)) }
            schedule[index] = word
        }
        for index in 16..<80 {
            let word = schedule[index - 3] ^ schedule[index - 8] ^ schedule[index - 14] ^ schedule[index - 16]
            schedule[index] = Self.rotate(word, 1)
        }
        var (a, b, c, d, e) = (state[0], state[1], state[2], state[3], state[4])
        for index in 0..<80 {
            let (choice, constant) = Self.round(index, b, c, d)
            let sum = Self.rotate(a, 5) &+ choice &+ e &+ constant &+ schedule[index]
            (e, d, c, b, a) = (d, c, Self.rotate(b, 30), a, sum)
        }
        state[0] &+= a
        state[1] &+= b
        state[2] &+= c
        state[3] &+= d
        state[4] &+= e
    }

    /// Function and constant of one of the eighty rounds.
    @inline(__always)
    private static func round(_ index: Int, _ b: UInt32, _ c: UInt32, _ d: UInt32) -> (UInt32, UInt32) {
        switch index {
        case ..<20: (b & c | ~b & d, 0x5a82_7999)
        case ..<40: (b ^ c ^ d, 0x6ed9_eba1)
        case ..<60: (b & c | b & d | c & d, 0x8f1b_bcdc)
        default: (b ^ c ^ d, 0xca62_c1d6)
        }
    }

    @inline(__always)
    private static func rotate(_ word: UInt32, _ count: UInt32) -> UInt32 {
        word << count | word >> (32 - count)
    }
}
