/// Checks for people: a line each, and under what is not there its cost and its remedy.
struct DoctorText {
    private let style: TextStyle

    init(style: TextStyle) {
        self.style = style
    }

    /// The whole text, ending in a line break.
    func text(_ checks: [Check], release: String) -> String {
        let width = checks.reduce(0) { max($0, TerminalWidth.of($1.title)) }
        var lines = [style.heading("Linux \(Printable.text(release))"), ""]
        var told: Set<String> = []
        for part in Check.Part.allCases {
            let ours = checks.filter { $0.part == part }
            guard !ours.isEmpty else { continue }
            lines.append(style.heading(part.heading))
            for check in ours { lines += self.lines(check, width, told: &told) }
            lines.append("")
        }
        lines.append(Self.conclusion(checks))
        return lines.joined(separator: "\n") + "\n"
    }

    /// A remedy that several checks have is told once.
    private func lines(_ check: Check, _ width: Int, told: inout Set<String>) -> [String] {
        let word = check.outcome.rawValue
        let coloured = check.outcome == .missing || check.outcome == .lacking ? style.warning(word) : word
        var line = "  " + coloured + String(repeating: " ", count: 9 - word.count) + check.title
        if let finding = check.finding {
            let gap = String(repeating: " ", count: width - TerminalWidth.of(check.title) + 2)
            line += gap + style.faint(Printable.text(finding))
        }
        var lines = [line]
        if let cost = check.cost { lines.append("           costs: \(cost)") }
        if let remedy = check.remedy, told.insert(remedy).inserted {
            lines.append("           mend: \(Printable.text(remedy))")
        }
        return lines
    }

    /// What all of it comes to, in a sentence.
    private static func conclusion(_ checks: [Check]) -> String {
        let missing = checks.count { $0.outcome == .missing }
        let lacking = checks.count { $0.outcome == .lacking }
        let rest = lacking == 0 ? "" : "; \(lacking) more \(lacking == 1 ? "costs" : "cost") detail"
        switch missing {
        case 0: return "All that is needed is here\(rest)."
        case 1: return "One thing that is needed is missing\(rest)."
        default: return "\(missing) things that are needed are missing\(rest)."
        }
    }
}
