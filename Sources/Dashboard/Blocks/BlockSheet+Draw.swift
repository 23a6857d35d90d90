import Records
import Terminal

extension BlockSheet {
    mutating func draw(on grid: inout CellGrid, in area: ScreenArea) {
        area.rule(title, on: &grid, row: 0)
        var top = 1
        if case .block(let proposals, _) = purpose {
            drawChoices(proposals, on: &grid, in: area)
            top = 4
        }
        let width = max(area.width - 2, 2)
        var lines = lines
        // Nobody says yes to what is only half to be read.
        if let title = proposal?.title, DisplayWidth().of(title) > area.width - 8 {
            lines.insert(("\(title):", .heading), at: 0)
        }
        let wrapped = lines.flatMap { line in
            Wrapping.lines(of: line.text, width: width).map { TextLine(" " + $0, line.role) }
        }
        scroll.draw(wrapped, on: &grid, in: area.part(top: top, height: area.height - top - 2))
        area.rule("", on: &grid, row: area.height - 2)
        area.put(answer, on: &grid, row: area.height - 1, column: 1, act == nil ? .quiet : .heading)
    }

    private var title: String {
        switch purpose {
        case .block: "block"
        case .release: "let go"
        case .undo: "undo"
        }
    }

    /// What, which other things it could be, and how long; the chosen time also stands in brackets.
    private func drawChoices(_ proposals: [BlockProposal], on grid: inout CellGrid, in area: ScreenArea) {
        area.put("what", on: &grid, row: 1, column: 1, .quiet)
        let taken = area.put(proposal?.title ?? "", on: &grid, row: 1, column: 8, .heading)
        if proposals.count > 1 {
            let text = "   \(choice + 1) of \(proposals.count), Tab another"
            area.put(text, on: &grid, row: 1, column: 8 + taken, .quiet)
        }
        area.put("for", on: &grid, row: 2, column: 1, .quiet)
        var column = 8
        for span in BlockSpan.allCases {
            let isChosen = span == self.span
            let text = isChosen ? "[\(span.key): \(span.word)]" : " \(span.key): \(span.word) "
            column += 1 + area.put(text, on: &grid, row: 2, column: column, isChosen ? .heading : .plain)
        }
    }

    private var lines: [(text: String, role: Role)] {
        switch stage {
        case .waiting: return [("Asking the agent what would happen.", .quiet)]
        case .acting: return [("Told to the agent; waiting until the kernel has it.", .quiet)]
        case .refused(let sentence): return [(sentence, .crossing)]
        case .ready(let foresight):
            switch purpose {
            case .block:
                let refusal = foresight.refusal.map { [(text: "Would be refused. \($0)", role: Role.crossing)] } ?? []
                return refusal + foresight.lines.map { ($0, .plain) }
            case .release(let record):
                return [
                    ("Block \(BlockText.title(record)) would be let go:", .plain),
                    ("what it stops passes again at once. So far it stopped \(Self.packets(record)).", .plain),
                ]
            case .undo(let record):
                guard let record else { return [] }
                return [
                    (
                        "Done last was something to block \(BlockText.title(record)), asked for by \(record.author).",
                        .plain
                    ),
                    (record.message ?? "", .plain), ("So far it stopped \(Self.packets(record)).", .plain),
                ]
            }
        }
    }

    private static func packets(_ record: BlockRecord) -> String {
        "\(AmountText.count(record.packets)) packet\(record.packets == 1 ? "" : "s")"
    }

    /// Which keys answer it.
    private var answer: String {
        guard act != nil else { return "Esc back" }
        return switch purpose {
        case .block: "y blocks it for \(span.word), Esc does not"
        case .release(let record): "y lets block #\(record.number) go, Esc does not"
        case .undo(let record):
            "y takes back what was done last" + (record.map { " to block #\($0.number)" } ?? "") + ", Esc does not"
        }
    }
}
