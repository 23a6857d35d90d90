import Records
import Terminal

/// Blocking, letting go and taking back: each is asked first, and done by whoever keeps the blocks.
extension Dashboard {
    /// Why nothing can be blocked from here; nil where it can.
    private var obstacle: BlockObstacle? {
        if settings.isReadOnly { return .readOnly }
        return shown.flatMap { BlockObstacle.ofSource($0) }
    }

    /// Opens a sheet, and asks what would happen.
    private mutating func open(_ purpose: BlockSheet.Purpose) -> [DashboardRequest] {
        var sheet = BlockSheet(purpose)
        // Of what is let go all is known.
        if case .release = purpose { sheet.stage = .ready(BlockForesight(lines: [], ways: [], refusal: nil)) }
        return ask(&sheet, sheet.question)
    }

    /// Shows a sheet that waits for the answer to something, where there is something to ask.
    private mutating func ask(_ sheet: inout BlockSheet, _ act: BlockAsk.Act?) -> [DashboardRequest] {
        var requests: [DashboardRequest] = []
        if let act {
            let ask = nextAsk(act)
            sheet.number = ask.number
            requests = [.blocks(ask)]
        }
        overlay = .block(sheet)
        return requests
    }

    private mutating func nextAsk(_ act: BlockAsk.Act) -> BlockAsk {
        blockAsks += 1
        return BlockAsk(blockAsks, act)
    }

    /// What blocking what is chosen would do.
    mutating func proposeBlock() -> [DashboardRequest] {
        if let obstacle { return fault(obstacle.sentence) }
        guard let (proposals, because) = proposed else {
            message = Message(text: "choose an edge, row, flow, container or alert; b shows what blocking it does")
            return []
        }
        guard !proposals.list.isEmpty else {
            return fault("nothing to block: no end of it is a container here, or an address outside")
        }
        return open(.block(proposals.list, because: because))
    }

    /// Lets go of the chosen block, once that is confirmed.
    mutating func proposeRelease() -> [DashboardRequest] {
        if let obstacle { return fault(obstacle.sentence) }
        // Keys may have chosen another since it was drawn.
        guard let id = blocks.table.chosen, let record = shown?.blocks?.first(where: { BlockID($0) == id }) else {
            let text = blocks.isGone ? "the chosen block is gone: choose another with j or k" : "choose a block"
            message = Message(text: "\(text), then x lets it go")
            return []
        }
        guard record.state != .ended else { return fault("block #\(record.number) ended already") }
        blocks.table.keep()
        return open(.release(record))
    }

    /// Takes back what was done last, once that is confirmed.
    mutating func proposeUndo() -> [DashboardRequest] {
        if let obstacle { return fault(obstacle.sentence) }
        return open(.undo(nil))
    }

    /// What a key does on a sheet: `y` and nothing else is a yes.
    mutating func press(_ key: Key, _ modifiers: Modifiers, over known: BlockSheet) -> [DashboardRequest] {
        var sheet = known
        if modifiers.isEmpty, let span = BlockSpan.allCases.first(where: { key == .character($0.key) }) {
            sheet.span = span
        } else if key == .tab {
            if case .acting = sheet.stage { return [] }
            if sheet.choose(modifiers.contains(.shift) ? -1 : 1) { return ask(&sheet, sheet.question) }
        } else if key == .character("y"), modifiers.isEmpty, let act = sheet.act {
            sheet.stage = .acting
            let requests = ask(&sheet, act)
            acting.insert(sheet.number)
            return requests
        } else if key == .escape || key == .character("q") || key == .character("n") {
            overlay = nil
            return []
        } else {
            _ = sheet.scroll.handle(key, modifiers)
        }
        overlay = .block(sheet)
        return []
    }

    /// Takes what an agent says to something that was asked; what nobody waits for any more is only told where it was an act.
    package mutating func take(_ reply: BlockReply) {
        let wasAct = acting.remove(reply.number) != nil
        if case .block(var sheet) = overlay, sheet.number == reply.number {
            if case .done(let records) = reply.result {
                overlay = nil
                message = Message(text: Self.outcome(records))
            } else {
                sheet.take(reply.result)
                overlay = .block(sheet)
            }
            return
        }
        if wasAct {
            switch reply.result {
            case .done(let records): message = Message(text: Self.outcome(records))
            case .refused(let sentence): message = Message(text: sentence, isFault: true)
            case .preview, .undoable: break
            }
            return
        }
        guard let ways = blockWays, ways.number == reply.number else { return }
        switch reply.result {
        case .preview(let foresight):
            showBlock(ways: foresight.ways.isEmpty ? ["nobody it means runs now"] : foresight.ways)
        case .refused(let sentence): showBlock(ways: [sentence])
        case .undoable, .done: break
        }
    }

    private static func outcome(_ records: [BlockRecord]) -> String {
        records.first.map { BlockText.outcome($0) } ?? "done"
    }

    /// Details of the chosen block, and asks which ways it catches.
    mutating func showBlockDetails() -> [DashboardRequest] {
        guard let block = blocks.selected else { return [] }
        guard block.state != .ended, obstacle == nil else {
            blockWays = nil
            showBlock(ways: ["not asked for by a screen that only looks"])
            return []
        }
        let words = block.request.map { BlockProposal.Word($0.name, $0.value) }
        let ask = nextAsk(.preview(BlockProposal(words, title: BlockText.title(block))))
        blockWays = (ask.number, block)
        showBlock(ways: nil)
        return [.blocks(ask)]
    }

    private mutating func showBlock(ways: [String]?) {
        if ways != nil, blockWays != nil {
            guard case .details = overlay, screen == .blocks else { return }
        }
        guard let block = blockWays?.block ?? blocks.selected else { return }
        let fields = BlockDetail.fields(
            of: block,
            among: shown?.blocks ?? [],
            ways: ways,
            now: shown?.time,
            zone: settings.zone
        )
        var pane = DetailPane("block \(BlockText.title(block))", fields)
        if case .details(let known) = overlay { pane.scroll = known.scroll }
        overlay = .details(pane)
    }
}
