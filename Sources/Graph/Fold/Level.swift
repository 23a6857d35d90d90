/// A sensitivity level (NIST SP 800-190 4.3.3), as the chart needs it: where it stands among the others, and its letter.
package struct Level: Hashable, Comparable, Sendable {
    /// Place among the levels, 0 for the lowest.
    package let rank: Int
    package let name: String
    /// One column wide, and no other level's.
    package let letter: Character
    /// The lowest and the highest have colours of their own.
    package let isHighest: Bool

    package init(rank: Int, name: String, letter: Character, isHighest: Bool) {
        self.rank = rank
        self.name = name
        self.letter = letter
        self.isHighest = isHighest
    }

    package var isLowest: Bool { rank == 0 }

    package static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

    /// Levels by their names, lowest first: each gets the first letter of its name, or all their ranks from 1 where two share one.
    package static func ordered(_ names: [String]) -> [Level] {
        let letters = names.map { $0.uppercased().first { $0.isASCII && $0.isLetter } }
        let isUnique = !letters.contains(nil) && Set(letters).count == names.count && names.count <= 26
        return names.prefix(isUnique ? 26 : 9).enumerated().map { rank, name in
            let letter = (isUnique ? letters[rank] : nil) ?? Character("\(rank + 1)")
            return Level(rank: rank, name: name, letter: letter, isHighest: rank > 0 && rank == names.count - 1)
        }
    }
}
