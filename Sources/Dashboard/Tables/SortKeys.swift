/// Numbers by which rows are sorted, worked out once for each row instead of at each comparison.
enum SortKeys {
    /// Numbers in the order of texts, of which many rows have the same: each is made and compared once.
    static func ranks<Part: Hashable>(of parts: [Part], _ text: (Part) -> String) -> [UInt64] {
        var numbers: [Part: Int] = [:]
        var texts: [String] = []
        let places = parts.map { part in
            if let known = numbers[part] { return known }
            numbers[part] = texts.count
            texts.append(text(part))
            return texts.count - 1
        }
        let sorted = texts.indices.sorted { texts[$0] != texts[$1] ? texts[$0] < texts[$1] : $0 < $1 }
        var ranks = Array(repeating: UInt64(0), count: texts.count)
        var rank: UInt64 = 0
        for (index, place) in sorted.enumerated() {
            if index > 0, texts[place] != texts[sorted[index - 1]] { rank += 1 }
            ranks[place] = rank
        }
        return places.map { ranks[$0] }
    }

    /// Places in the order of their keys; equal ones stay as they are, or reversed the other way round.
    static func order(_ keys: [UInt64], isReversed: Bool) -> [Int] {
        var pairs = keys.enumerated().map { (key: $1, place: UInt32(truncatingIfNeeded: $0)) }
        pairs.sort { $0.key != $1.key ? $0.key < $1.key : $0.place < $1.place }
        if isReversed { pairs.reverse() }
        return pairs.map { Int($0.place) }
    }

    /// A signed number that sorts as an unsigned one.
    static func key(_ number: Int64) -> UInt64 { UInt64(bitPattern: number) ^ 1 << 63 }

    /// A number that is not negative; what is not known comes before all.
    static func key(_ number: Double?) -> UInt64 { number.map { max($0, 0).bitPattern &+ 1 } ?? 0 }
}
