/// Which of many hashes were there: in 256 bytes, so that some that are new are taken for old, the more the fuller it is. Of 100 it
/// misses 2, of 1000 a fifth.
struct NameSketch: Sendable {
    private var words = InlineArray<32, UInt64>(repeating: 0)

    /// Returns whether it was not there.
    mutating func insert(_ hash: UInt64) -> Bool {
        let (word, bit) = Self.place(hash)
        defer { words[word] |= bit }
        return words[word] & bit == 0
    }

    func contains(_ hash: UInt64) -> Bool {
        let (word, bit) = Self.place(hash)
        return words[word] & bit != 0
    }

    private static func place(_ hash: UInt64) -> (word: Int, bit: UInt64) {
        (Int(hash >> 58 & 31), 1 << (hash >> 52 & 63))
    }
}
