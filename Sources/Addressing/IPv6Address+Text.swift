extension IPv6Address: LosslessStringConvertible {
    /// Reads the forms of RFC 4291, section 2.2: eight groups of up to four hexadecimal digits, `::` at most once for zeros, the
    /// last two groups perhaps in dotted decimal. Nil for anything else, zones (`%eth0`) among it.
    public init?(_ description: String) {
        self.init(text: description.utf8Span.span)
    }

    init?(text: Span<UInt8>) {
        var groups = InlineArray<8, UInt16>(repeating: 0)
        var count = 0
        var gap: Int?
        var place = 0
        if text.count >= 2, text[0] == 0x3a, text[1] == 0x3a {
            gap = 0
            place = 2
        }
        while place < text.count {
            let end = Self.endOfGroup(in: text, from: place)
            if end < text.count, text[end] == 0x2e {
                // Dotted decimal is the end, and two groups.
                guard count <= 6, let tail = IPv4Address(text: text.extracting(place..<text.count)) else { return nil }
                groups[count] = UInt16(truncatingIfNeeded: tail.bits >> 16)
                groups[count + 1] = UInt16(truncatingIfNeeded: tail.bits)
                count += 2
                break
            }
            guard count < 8, let group = Self.group(text.extracting(place..<end)) else { return nil }
            groups[count] = group
            count += 1
            place = end
            if place == text.count { break }
            place += 1
            if place == text.count { return nil }
            if text[place] == 0x3a {
                guard gap == nil else { return nil }
                gap = count
                place += 1
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

    /// Where a colon or a dot stands, or the end.
    private static func endOfGroup(in text: Span<UInt8>, from place: Int) -> Int {
        var place = place
        while place < text.count, text[place] != 0x3a, text[place] != 0x2e { place += 1 }
        return place
    }

    private static func group(_ text: Span<UInt8>) -> UInt16? {
        guard 1...4 ~= text.count else { return nil }
        var value: UInt16 = 0
        for place in 0..<text.count {
            guard let digit = HexadecimalDigits.value(text[place]) else { return nil }
            value = value << 4 | UInt16(digit)
        }
        return value
    }
}
