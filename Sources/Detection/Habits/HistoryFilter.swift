/// Which pairs may have a history: a bit for each place, so that of some that have none it is thought they have. What is asked of every
/// flow reads eight kilobytes and nothing else.
struct HistoryFilter: Sendable {
    private var words = [UInt64](repeating: 0, count: Self.bits / 64)
    private(set) var count = 0

    /// A power of two.
    static var bits: Int { 65_536 }
    /// Of so many pairs one in six is mistaken: then it is time to begin anew.
    static var limit: Int { 12_288 }

    var isFull: Bool { count >= Self.limit }

    mutating func insert(_ place: UInt64) {
        let (word, bit) = Self.position(place)
        if words[word] & bit == 0 { count += 1 }
        words[word] |= bit
    }

    func mayHave(_ place: UInt64) -> Bool {
        let (word, bit) = Self.position(place)
        return words[word] & bit != 0
    }

    private static func position(_ place: UInt64) -> (word: Int, bit: UInt64) {
        (Int(truncatingIfNeeded: place >> 48) & (bits / 64 - 1), 1 << (place >> 58 & 63))
    }
}
