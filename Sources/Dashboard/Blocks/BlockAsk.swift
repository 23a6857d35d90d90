package import Records

/// Something about blocks that whoever runs the dashboard asks an agent. Answered with `Dashboard.take(_: BlockReply)`.
package struct BlockAsk: Hashable, Sendable {
    package enum Act: Hashable, Sendable {
        /// What a block would do; nothing is done.
        case preview(BlockProposal)
        case block(BlockProposal, BlockSpan, because: String)
        case release(UInt64)
        /// What was done last, and what would become of it; nothing is done.
        case previewUndo
        /// Takes back what was done last, if that was about this block.
        case undo(UInt64)
    }

    /// Tells asks apart, as the answer to the one before may still be on its way.
    package var number: Int
    package var act: Act

    /// Whether something is to be done, and not only said.
    package var isToDo: Bool {
        switch act {
        case .preview, .previewUndo: false
        case .block, .release, .undo: true
        }
    }

    package init(_ number: Int, _ act: Act) {
        self.number = number
        self.act = act
    }
}

/// What an agent says to a `BlockAsk`.
package struct BlockReply: Sendable {
    package enum Result: Sendable {
        case preview(BlockForesight)
        /// The block that what was done last was about, as it stands; its message says what undoing would do.
        case undoable(BlockRecord)
        /// It is done; the blocks as they stand now.
        case done([BlockRecord])
        /// It is not done, and why, in a sentence: also that nobody answers, or that one may not.
        case refused(String)
    }

    /// That of the ask.
    package var number: Int
    package var result: Result

    package init(_ number: Int, _ result: Result) {
        self.number = number
        self.result = result
    }
}

/// What a block would do, as an agent says it.
package struct BlockForesight: Hashable, Sendable {
    /// Whom it stops, the ways that are caught and left open, the flows it would cut: in sentences.
    package var lines: [String]
    /// Of those the ones about ways.
    package var ways: [String]
    /// Why it would be refused; nil when it would not.
    package var refusal: String?

    package init(lines: [String], ways: [String], refusal: String?) {
        self.lines = lines
        self.ways = ways
        self.refusal = refusal
    }
}
