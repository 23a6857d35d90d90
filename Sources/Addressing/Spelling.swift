/// What a mistyped word was perhaps meant to be.
package enum Spelling {
    /// Words longer than this are no slips of the fingers.
    private static var limit: Int { 32 }

    /// The nearest of some words: one letter in four may be wrong, missing, too many, or two of them in each other's place. Nil
    /// when none is so near.
    package static func closest(to word: String, among words: some Sequence<String>) -> String? {
        let letters = Array(word.utf8.prefix(limit + 1))
        guard 2...limit ~= letters.count else { return nil }
        var best: (word: String, distance: Int)?
        for candidate in words {
            let other = Array(candidate.utf8)
            let allowed = max(1, min(letters.count, other.count) / 4)
            guard abs(other.count - letters.count) <= allowed else { continue }
            let distance = distance(letters, other)
            if distance <= allowed, distance < best?.distance ?? .max { best = (candidate, distance) }
        }
        return best?.word
    }

    /// How many letters differ, neighbours in each other's place counting once (optimal string alignment).
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for (row, letter) in left.enumerated() {
            var current = [row + 1]
            for (column, other) in right.enumerated() {
                var cost = min(last[column] + (letter == other ? 0 : 1), last[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, letter == right[column - 1], left[row - 1] == other {
                    cost = min(cost, beforeLast[column - 1] + 1)
                }
                current.append(cost)
            }
            beforeLast = last
            last = current
        }
        return last[right.count]
    }
}
