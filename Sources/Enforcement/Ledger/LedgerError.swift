/// Why the ledger did not do what it was asked.
package enum LedgerError: Error, Hashable, Sendable {
    case full(limit: Int)
    case unknown(BlockIdentifier)
    /// It would be over before it began.
    case over
    case flawed(BlockFlaw)
    case nothingToUndo
}

extension LedgerError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .full(let limit): "There are \(limit) blocks in force, and no more may be; let go of some first."
        case .unknown(let identifier): "No block \(identifier) is in force."
        case .over: "The block would be over before it began."
        case .flawed(let flaw): "The block makes no sense: \(flaw)."
        case .nothingToUndo: "There is nothing to undo."
        }
    }
}
