extension IPv6Address: LosslessStringConvertible {
    /// Reads the forms of RFC 4291, section 2.2: eight groups of up to four hexadecimal digits, `::` at most once for zeros, the
    /// last two groups perhaps in dotted decimal. Nil for anything else, zones (`%eth0`) among it.
    public init?(_ description: String) {
        var groups = InlineArray<8, UInt16>(repeating: 0)
        var count = 0
        var gap: Int?
        var text = description.utf8[...]
        if text.starts(with: [0x3a, 0x3a]) {
            gap = 0
            text = text.dropFirst(2)
        }
        while !text.isEmpty {
            let part = text.prefix { $0 != 0x3a }
            text = text[part.endIndex...]
            if part.contains(0x2e) {
                // Dotted decimal is the end, and two groups.
                guard text.isEmpty, count <= 6, let tail = IPv4Address(text: part) else { return nil }
                groups[count] = UInt16(truncatingIfNeeded: tail.bits >> 16)
                groups[count + 1] = UInt16(truncatingIfNeeded: tail.bits)
                count += 2
                break
            }
            guard count < 8, let group = Self.group(part) else { return nil }
            groups[count] = group
            count += 1
            if text.isEmpty { break }
            text = text.dropFirst()
            if text.first == 0x3a {
                guard gap == nil else { return nil }
                gap = count
                text = text.dropFirst()
            } else if text.isEmpty {
                return nil
            }
        }
        guard gap == nil ? count == 8 : count < 8 else { return nil }
        self.init(groups: groups, count: count, gap: gap ?? count)
    }

    /// So many groups, with zeros put in at the gap.
    private init(groups: InlineArray<8, UInt16>, count: Int, gap: Int) {
        var halves = (high: UInt64(0), low: UInt64(0))
        for place in 0..<8 {
            let zeros = 8 - count
            let group: UInt16 = place < gap ? groups[place] : place < gap + zeros ? 0 : groups[place - zeros]
            if place < 4 {
                halves.high = halves.high << 16 | UInt64(group)
            } else {
                halves.low = halves.low << 16 | UInt64(group)
            }
        }
        self.init(high: halves.high, low: halves.low)
    }

    private static func group(_ text: Substring.UTF8View) -> UInt16? {
        guard !text.isEmpty, text.count <= 4 else { return nil }
        var value: UInt16 = 0
        for byte in text {
            guard let digit = HexadecimalDigits.value(byte) else { return nil }
            value = value << 4 | UInt16(digit)
        }
        return value
    }
}
