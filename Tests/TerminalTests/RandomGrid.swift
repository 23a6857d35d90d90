@testable import Terminal

/// Numbers that are the same in every run.
struct Dice: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed &* 0x9e37_79b9_7f4a_7c15 | 1 }

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state &* 0x2545_f491_4f6c_dd1d
    }
}

extension CellGrid {
    static let words = [
        "orders", "─┬━►", "漢字", "e\u{301}le\u{300}ve", "👩‍💻", "🇩🇪", "한글", "a", "     ", "💾x", "👍🏽", "x\u{fe0f}", "ก็",
    ]

    static func color(_ dice: inout Dice) -> Color {
        switch Int.random(in: 0..<6, using: &dice) {
        case 0: .ansi(.random(in: 0..<16, using: &dice))
        case 1: .palette(.random(in: 0...255, using: &dice))
        case 2: .rgb(.random(in: 0...255, using: &dice), 7, .random(in: 0...255, using: &dice))
        default: .standard
        }
    }

    static func style(_ dice: inout Dice) -> Style {
        guard Int.random(in: 0..<3, using: &dice) > 0 else { return .standard }
        return Style(
            foreground: color(&dice),
            background: color(&dice),
            isBold: Bool.random(using: &dice),
            isFaint: Int.random(in: 0..<4, using: &dice) == 0,
            isReverse: Int.random(in: 0..<4, using: &dice) == 0,
            isUnderlined: Int.random(in: 0..<4, using: &dice) == 0
        )
    }

    /// Writes some words anywhere, sets some cells, and blanks some rectangle.
    mutating func scribble(_ count: Int, of words: [String] = words, _ dice: inout Dice) {
        for _ in 0..<count {
            let row = Int.random(in: 0..<height, using: &dice)
            let column = Int.random(in: 0..<width, using: &dice)
            switch Int.random(in: 0..<8, using: &dice) {
            case 0:
                let rows = row..<min(height, row + 3)
                fill(rows: rows, columns: column..<min(width, column + 9), style: Self.style(&dice))
            case 1:
                var source = CellGrid(width: 4, height: 1)
                source.put(words.randomElement(using: &dice) ?? "", row: 0, column: 0)
                self[row, column] = source[0, Int.random(in: 0..<4, using: &dice)]
            default:
                let word = words.randomElement(using: &dice) ?? ""
                put(word, row: row, column: column, style: Self.style(&dice))
            }
        }
    }
}
