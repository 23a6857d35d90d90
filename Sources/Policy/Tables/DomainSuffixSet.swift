/// Domains, each with a number: a name is in it when it is one of them or lies below one.
///
/// A hash table of flat arrays. The hash of a name is made from its end on, so that those of all domains it lies below come out on
/// the way. For each a byte is looked at, in an array that mostly fits a cache; only where it is the same, the name itself. A million
/// domains of twenty letters take some 45 MiB.
package struct DomainSuffixSet: Sendable {
    /// All names, one after the other.
    private var text: [UInt8] = []
    /// Where each ends in `text`.
    private var ends: [UInt32] = []
    private var values: [UInt16] = []
    /// For each place some bits of the hash of the name that is there, none of them 0; 0 is a free place. At most half are taken.
    private var tags: [UInt8]
    /// The number of that name.
    private var numbers: [UInt32]
    /// Labels of the names with the fewest and the most. Those with less or more need not be looked for.
    private var depths = (least: Int.max, most: 0)
    /// Random in every run, so that nobody can choose names that meet in one place.
    private let seed: UInt64

    package init() {
        tags = [UInt8](repeating: 0, count: 64)
        numbers = [UInt32](repeating: 0, count: 64)
        seed = .random(in: .min ... .max) | 1
    }

    /// How many domains there are.
    package var count: Int { ends.count }

    /// Adds a domain with a number. One that is there already keeps the lower number. False, and nothing done, for what is no name.
    @discardableResult
    package mutating func insert(_ name: Span<UInt8>, value: UInt16) -> Bool {
        guard let bytes = DomainName.canonical(name) else { return false }
        // Offsets are 32 bits wide.
        guard text.count <= Int(UInt32.max) - DomainName.limit else { return false }
        let hash = hash(of: bytes.span)
        switch place(of: hash, bytes.span, from: 0) {
        case .taken(let number): values[number] = min(values[number], value)
        case .free(let slot):
            text += bytes
            tags[slot] = Self.tag(hash)
            numbers[slot] = UInt32(ends.count)
            ends.append(UInt32(text.count))
            values.append(value)
            let labels = bytes.count { $0 == 0x2e } + 1
            depths = (min(depths.least, labels), max(depths.most, labels))
            if ends.count * 2 > tags.count { grow() }
        }
        return true
    }

    /// The same of a text.
    @discardableResult
    package mutating func insert(_ name: String, value: UInt16) -> Bool { insert(name.utf8Span.span, value: value) }

    /// The number of a domain that a name is or lies below, of several the longest; nil when there is none.
    package func value(of name: Span<UInt8>) -> UInt16? {
        var count = name.count
        if count > 0, name[count - 1] == 0x2e { count -= 1 }
        guard 1...DomainName.limit ~= count, !ends.isEmpty else { return nil }
        let whole = name.extracting(first: count)
        var found: UInt16?
        var state = seed
        var start = count
        var labels = 0
        while start > 0 {
            start &-= 1
            state = Self.step(state, DomainName.lowercased(whole[start]))
            guard start == 0 || whole[start &- 1] == 0x2e else { continue }
            labels &+= 1
            guard labels >= depths.least else { continue }
            if labels > depths.most { break }
            if case .taken(let number) = place(of: finish(state), whole, from: start) { found = values[number] }
        }
        return found
    }

    /// The same of a text.
    package func value(of name: String) -> UInt16? { value(of: name.utf8Span.span) }
}

extension DomainSuffixSet {
    private enum Place {
        /// By the number of the name.
        case taken(Int)
        case free(Int)
    }

    /// Where a name is, or would be: that which begins at a place of some bytes and ends with them.
    private func place(of hash: UInt64, _ bytes: Span<UInt8>, from start: Int) -> Place {
        let tags = tags.span
        let mask = tags.count &- 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        let wanted = Self.tag(hash)
        while true {
            let tag = tags[slot]
            if tag == 0 { return .free(slot) }
            if tag == wanted {
                let number = Int(numbers[slot])
                if isName(number, bytes, from: start) { return .taken(number) }
            }
            slot = (slot &+ 1) & mask
        }
    }

    private func isName(_ number: Int, _ bytes: Span<UInt8>, from start: Int) -> Bool {
        let range = range(of: number)
        guard range.count == bytes.count &- start else { return false }
        let text = text.span
        for place in 0..<range.count
        where text[range.lowerBound &+ place] != DomainName.lowercased(bytes[start &+ place]) {
            return false
        }
        return true
    }

    private func range(of number: Int) -> Range<Int> {
        (number == 0 ? 0 : Int(ends[number &- 1]))..<Int(ends[number])
    }

    /// Bits that have no part in the place.
    private static func tag(_ hash: UInt64) -> UInt8 { UInt8(truncatingIfNeeded: hash >> 56) | 1 }

    private mutating func grow() {
        let count = tags.count * 2
        tags = [UInt8](repeating: 0, count: count)
        numbers = [UInt32](repeating: 0, count: count)
        for number in ends.indices {
            let range = range(of: number)
            let hash = hash(of: text.span.extracting(range))
            var slot = Int(truncatingIfNeeded: hash) & (count - 1)
            while tags[slot] != 0 { slot = (slot + 1) & (count - 1) }
            tags[slot] = Self.tag(hash)
            numbers[slot] = UInt32(number)
        }
    }

    /// Of a name in lower case.
    private func hash(of name: Span<UInt8>) -> UInt64 {
        var state = seed
        for place in stride(from: name.count - 1, through: 0, by: -1) { state = Self.step(state, name[place]) }
        return finish(state)
    }

    @inline(__always)
    private static func step(_ state: UInt64, _ byte: UInt8) -> UInt64 {
        // FNV-1a's, which is weak in its lower bits; `finish` brings the upper ones there.
        (state ^ UInt64(byte)) &* 0x9e37_79b9_7f4a_7c15
    }

    @inline(__always)
    private func finish(_ state: UInt64) -> UInt64 {
        let product = (state ^ (seed << 17)).multipliedFullWidth(by: 0xd6e8_feb8_6659_fd93)
        return product.high ^ product.low
    }
}
