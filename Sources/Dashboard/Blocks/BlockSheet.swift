import Records
import Terminal

/// The sheet that is asked before anything is blocked, let go or taken back: what would happen, and whether it shall.
struct BlockSheet: Sendable {
    enum Purpose: Sendable {
        /// One of these, and why.
        case block([BlockProposal], because: String)
        case release(BlockRecord)
        /// What was done last; nil before the agent said what that was.
        case undo(BlockRecord?)
    }

    enum Stage: Sendable {
        /// The agent was asked what would happen.
        case waiting
        case ready(BlockForesight)
        /// It was not done, or nobody says what would happen: why.
        case refused(String)
        /// The agent was told to do it.
        case acting
    }

    var purpose: Purpose
    var stage = Stage.waiting
    /// Of the proposals.
    var choice = 0
    var span = BlockSpan.hour
    /// The ask whose answer it waits for.
    var number = 0
    var scroll = ScrollText()

    init(_ purpose: Purpose) {
        self.purpose = purpose
    }

    var proposal: BlockProposal? {
        guard case .block(let proposals, _) = purpose, proposals.indices.contains(choice) else { return nil }
        return proposals[choice]
    }

    /// What is asked first; nil where everything is known.
    var question: BlockAsk.Act? {
        switch purpose {
        case .block: proposal.map { .preview($0) }
        case .release: nil
        case .undo: .previewUndo
        }
    }

    /// What the agent is told on a yes; nil where it cannot be answered so.
    var act: BlockAsk.Act? {
        switch (purpose, stage) {
        case (.block(_, let because), .ready(let foresight)) where foresight.refusal == nil:
            proposal.map { .block($0, span, because: because) }
        case (.release(let record), .ready): .release(record.number)
        case (.undo(let record?), .ready): .undo(record.number)
        default: nil
        }
    }

    /// Takes what the agent says would happen, or that it will not have it.
    mutating func take(_ result: BlockReply.Result) {
        switch result {
        case .preview(let foresight): stage = .ready(foresight)
        case .undoable(let record):
            purpose = .undo(record)
            stage = .ready(BlockForesight(lines: [], ways: [], refusal: nil))
        case .refused(let sentence): stage = .refused(sentence)
        case .done: break
        }
    }

    /// Chooses another proposal; false where there is none.
    mutating func choose(_ step: Int) -> Bool {
        guard case .block(let proposals, _) = purpose, proposals.count > 1 else { return false }
        choice = (choice + step + proposals.count) % proposals.count
        stage = .waiting
        scroll = ScrollText()
        return true
    }
}
