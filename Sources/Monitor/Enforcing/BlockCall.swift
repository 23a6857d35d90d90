import Addressing
package import Enforcement
package import Records

/// What is asked of whoever keeps the blocks.
package enum BlockCall: Sendable {
    /// What is in force, or also what was.
    case list(withEnded: Bool)
    /// What a block would do. The flows are those that are known to go on; nil: they are not known.
    case preview(BlockWish, flows: [ObservedFlow])
    case add(BlockWish, by: BlockAuthor)
    case release(BlockIdentifier, by: BlockAuthor)
    /// What would be taken back.
    case undoable
    /// Takes back what a person did last; where a block is named, only if that was about it.
    case undo(by: BlockAuthor, of: BlockIdentifier? = nil)
    /// Lets everything go, and leaves the mode in `observe`.
    case panic(by: BlockAuthor)
}

/// What comes back.
package enum BlockAnswer: Sendable {
    case blocks([BlockRecord])
    case preview(BlockPreview)
    /// It is done, and stands or is gone.
    case done([BlockRecord])
    /// It is not done, and why, in a sentence.
    case refused(Reason, String)

    package enum Reason: Hashable, Sendable {
        /// It makes no sense, or nobody is meant.
        case mistake
        /// A guard-rail forbids it.
        case guarded
        /// There is nothing of that number, or nothing to undo.
        case absent
        /// The kernel did not take it, or nobody can answer.
        case failed
    }
}

/// What a block would do.
package struct BlockPreview: Hashable, Sendable {
    /// In full sentences, a line each.
    package var text: String
    /// Of these the sentences about the ways that are caught and left open.
    package var ways: [String]
    /// Known flows that would be cut, and how many are known.
    package var cutCount: Int
    package var seen: Int
    /// Why it would be refused; nil when it would not.
    package var refusal: String?
    /// Names of those that would be stopped.
    package var members: [String]
}
