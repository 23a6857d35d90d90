import Graph

/// A row in words, as charts write it: `R!pg-orders ×3`. Harmless, whatever the row is called.
struct RowWords {
    /// The level's letter, `○` outside, `·` where no level is known.
    let letter: String
    /// One column; a space where there is nothing to say.
    let mark: String
    let name: String
    /// `×3`, and `↻` where those talk to each other.
    let suffix: String
    /// By which it gets its colour.
    let level: LevelClass

    init(_ row: FoldedRow) {
        if row.isOutside {
            (letter, level) = ("○", .outside)
        } else if let known = row.level {
            letter = HarmlessText.text(String(known.letter))
            level = known.isHighest ? .highest : known.isLowest ? .lowest : .middle
        } else {
            (letter, level) = ("·", .none)
        }
        mark = row.mark?.sign ?? " "
        name = HarmlessText.text(row.name)
        let count =
            !row.joined.isEmpty ? " +\(row.joined.count)" : row.members.count > 1 ? "×\(row.members.count)" : ""
        suffix = count + (row.talksToItself ? " ↻" : "")
    }

    /// All of it.
    var text: String { letter + mark + name + suffix }

    /// What a mark says, for whoever cannot see it.
    static func meaning(_ mark: RowMark?) -> String? {
        switch mark {
        case .alert: "alert"
        case .blocked: "blocked"
        case .unsure: "identity unsure"
        case .added: "new"
        case .removed: "gone"
        case nil: nil
        }
    }

    /// What of it fits into so many columns, as in the terminal: the number goes before the name is cut.
    func cut(to columns: Int, width: (String) -> Int) -> (name: String, suffix: String) {
        if width(name) + width(suffix) <= columns { return (name, suffix) }
        if width(name) <= columns { return (name, "") }
        var text = ""
        for character in name {
            guard width(text) + width(String(character)) < columns else { break }
            text.append(character)
        }
        return (text + "…", "")
    }
}

/// The colour of a level; its letter says the same.
enum LevelClass: String {
    case outside, lowest, middle, highest, none
}
