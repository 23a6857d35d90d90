import Containers
import Graph
import Records
import Terminal

/// The line at the foot: commands and the filter.
extension Dashboard {
    mutating func type(_ key: Key, _ modifiers: Modifiers) -> [DashboardRequest] {
        switch key {
        case .escape: prompt = nil
        case .enter:
            let entered = prompt
            prompt = nil
            if let entered { return enter(entered) }
        case .backspace:
            if prompt?.text.isEmpty == true { prompt = nil } else { prompt?.text.removeLast() }
        case .character("u") where modifiers.contains(.control): prompt?.text = ""
        case .character(let character) where !modifiers.contains(.control): append(String(character))
        default: break
        }
        return []
    }

    mutating func paste(_ text: String) {
        if case .packets(var view) = overlay, prompt == nil {
            view.paste(text)
            overlay = .packets(view)
        }
        guard prompt != nil else { return }
        append(text.filter { !$0.isNewline })
    }

    private mutating func append(_ text: String) {
        guard let known = prompt?.text, known.count < Prompt.limit else { return }
        prompt?.text += text.prefix(Prompt.limit - known.count)
    }

    private mutating func enter(_ prompt: Prompt) -> [DashboardRequest] {
        switch prompt.kind {
        case .filter:
            setFilter(prompt.text)
            return []
        case .command: return run(prompt.text)
        }
    }

    /// Shows only what has these words: names, addresses, images and ports of an end, each word somewhere; `!` before one: not.
    /// `severity>=high` is for alerts alone.
    mutating func setFilter(_ typed: String) {
        let parts = typed.split(separator: " ")
        if let wrong = parts.first(where: { SeverityTerm.isMeant(by: $0) && SeverityTerm($0) == nil }) {
            message = Message(
                text: "\(wrong) is none; severity>=low, medium, high, critical, or 0 to 100",
                isFault: true
            )
            return
        }
        let text = parts.joined(separator: " ")
        filter.text = text
        alerts.isShown = nil
        blocks.isShown = nil
        if !text.isEmpty {
            let words = AlertWords(text)
            alerts.isShown = { words.hold(of: $0) }
        }
        guard parts.contains(where: { SeverityTerm($0) == nil }) else {
            chart.filter(nil)
            flows.isShown = nil
            containers.isShown = nil
            return
        }
        let words = EdgeWords(text)
        chart.filter { words.hold(of: $0, $1, $2) }
        flows.isShown = { words.hold(of: $0) }
        containers.isShown = { words.hold(of: $0.container) }
        blocks.isShown = { words.hold(of: $0) }
    }

    private mutating func run(_ line: String) -> [DashboardRequest] {
        let words = line.split(separator: " ").map(String.init)
        guard let name = words.first else { return [] }
        let rest = Array(words.dropFirst())
        switch name {
        case "q", "quit": return [.quit]
        case "help", "h": overlay = .help(HelpView())
        case "fold": fold(by: rest.first)
        case "lens": chart.choices.lens = LabelLens.allCases.first { $0.word == rest.first } ?? chart.choices.lens.next
        case "diff": return startDiff(rest.first)
        case "path": showPath(rest)
        case "focus": focus(rest.joined(separator: " "))
        case "filter": setFilter(rest.joined(separator: " "))
        case "play": return play()
        case "speed": return setSpeed(rest.first)
        case "levels": go(to: .levels)
        case "chart": go(to: .chart)
        case "alerts": go(to: .alerts)
        case "blocks": go(to: .blocks)
        default: return fault("there is no command \(name); ? lists them")
        }
        return []
    }

    mutating func fault(_ text: String) -> [DashboardRequest] {
        message = Message(text: text, isFault: true)
        return []
    }

    private mutating func fold(by word: String?) {
        guard let word, let rung = Rung.ladder.first(where: { $0.word == word }) else {
            if word == "auto" {
                chart.choices.folds.choose(nil)
                chart.refold()
                return
            }
            message = Message(text: ":fold end, service, role, namespace, segment, level, or auto", isFault: true)
            return
        }
        chart.choices.folds.choose(rung)
        chart.refold()
    }

    private mutating func startDiff(_ word: String?) -> [DashboardRequest] {
        diff.baseline = nil
        if let word {
            guard let length = Self.nanoseconds(word) else { return [.baseline(path: word)] }
            diff.length = length
        }
        go(to: .diff)
        refresh()
        return []
    }

    /// `90s`, `10m`, `2h`.
    static func nanoseconds(_ word: String) -> Int64? {
        let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
        guard let unit = word.last.flatMap({ units[$0] }), let count = Int64(word.dropLast()), count > 0,
            count < 100_000
        else { return nil }
        return count * unit * 1_000_000_000
    }

    /// A row that is called so: wholly, or else the only one that begins so.
    private func row(named name: String) -> RowKey? {
        let rows = chart.folded.rows
        if let exact = rows.first(where: { $0.name == name }) { return exact.key }
        let begun = rows.filter { $0.name.hasPrefix(name) }
        return begun.count == 1 ? begun[0].key : nil
    }

    private mutating func showPath(_ names: [String]) {
        guard names.count == 2, let from = row(named: names[0]), let to = row(named: names[1]), from != to else {
            message = Message(text: ":path A B, both as the chart calls them", isFault: true)
            return
        }
        go(to: .chart)
        chart.choices.mark = from
        chart.choices.selection = to
        chart.choices.path = (from, to, 0)
    }

    private mutating func focus(_ name: String) {
        guard let key = row(named: name) else {
            message = Message(text: "no row is called \(name)", isFault: true)
            return
        }
        go(to: .chart)
        centre(on: key)
    }
}
