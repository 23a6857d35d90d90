package import Containers

/// Why the ledger did not do what it was asked.
package enum LedgerError: Error, Hashable, Sendable {
    case full(limit: Int)
    case unknown(BlockIdentifier)
    /// It would be over before it began.
    case over
    case flawed(BlockFlaw)
    case nothingToUndo
    /// The run of a container that it was of has ended since it was let go.
    case gone(BlockIdentifier, ContainerKey)
}

extension LedgerError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .full(let limit): "There are \(limit) blocks in force, and no more may be; let go of some first."
        case .unknown(let identifier): "No block \(identifier) is in force."
        case .over: "The block would be over before it began."
        case .flawed(let flaw): "The block makes no sense: \(flaw)."
        case .gone(let identifier, let key):
            "Block \(identifier) is not restored: the run of container \(key.identifier.prefix(12)) that it was of has ended."
        case .nothingToUndo: "There is nothing to undo."
        }
    }
}
