import Graph
import Terminal

/// A row as it is written: `R!pg-orders×3`. Two columns come before the name, and are never cut.
struct RowText {
    /// The level's letter, `○` outside, `·` where no level is known.
    let letter: String
    let mark: String
    let name: String
    /// `×3`, and `↻` where those talk to each other.
    let suffix: String
    let role: Role

    init(_ row: FoldedRow, glyphs: GlyphSet, isTouched: Bool = false) {
        let isPlain = glyphs != .unicode
        if row.isOutside {
            letter = glyphs == .ascii ? "o" : "○"
            role = .outside
        } else if let level = row.level {
            letter = String(level.letter)
            role = level.isHighest ? .highestLevel : level.isLowest ? .lowestLevel : .middleLevel
        } else {
            letter = glyphs == .ascii ? "." : "·"
            role = .plain
        }
        mark = Self.mark(row.mark, isTouched: isTouched, glyphs)
        name = row.name
        let count = row.members.count > 1 ? (isPlain ? "x" : "×") + "\(row.members.count)" : ""
        suffix = count + (row.talksToItself ? (isPlain ? " @" : " ↻") : "")
    }

    private static func mark(_ mark: RowMark?, isTouched: Bool, _ glyphs: GlyphSet) -> String {
        switch mark {
        case .alert: "!"
        case .blocked: "#"
        case .unsure: "?"
        case .added: "+"
        case .removed: "-"
        case nil: isTouched ? (glyphs == .ascii ? ">" : "»") : " "
        }
    }

    /// All of it, uncut.
    var text: String { letter + mark + name + suffix }

    /// Writes it into at most `width` columns: the number goes before the name is cut.
    func put(on grid: inout CellGrid, in area: ScreenArea, row: Int, column: Int, width: Int, isGrey: Bool = false) {
        guard width > 2 else { return }
        let names = DisplayWidth()
        let role = isGrey ? Role.quiet : role
        area.put(letter, on: &grid, row: row, column: column, role)
        area.put(mark, on: &grid, row: row, column: column + 1, markRole)
        let whole = names.of(name) + names.of(suffix)
        let isWhole = whole <= width - 2
        let taken = area.put(name, on: &grid, row: row, column: column + 2, role, limit: width - 2)
        if isWhole, !suffix.isEmpty { area.put(suffix, on: &grid, row: row, column: column + 2 + taken, .quiet) }
    }

    private var markRole: Role {
        switch mark {
        case "!", "#": .crossing
        case "?": .warning
        case "+": .new
        default: .plain
        }
    }
}
