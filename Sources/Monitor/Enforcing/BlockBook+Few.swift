import Addressing
import Containers
import Enforcement
import Netlink
import Records

/// Some blocks more or less among many: what stands is neither worked out anew nor read back whole, but what changed.
///
/// So a change costs what it is, however many blocks hold. What stands is read whole by turns all the same, as `settle` does.
extension BlockBook {
    /// So many changes at once are made this way; more are worked out together.
    static var fewLimit: Int { 256 }

    /// Makes what became of blocks since the last time stand in the kernel, and reads that back. False where it does not do: then nothing
    /// is believed of what stands, and all of it is to be settled.
    func settleFew(at time: Timestamp, elapsed: Int64) -> Bool {
        let entries = unsettled
        guard !entries.isEmpty, entries.count <= Self.fewLimit, !isStale, settledLedger != nil,
            settledNeighbours == neighbourhood.revision, failing.isEmpty, nextLook.map({ elapsed < $0 }) ?? false
        else { return false }
        let (inventory, residents) = neighbourhood.look()
        var changes: [NetworkNamespace: [TableChange]] = [:]
        for entry in entries {
            let block = entry.block
            let found =
                entry.leavesInForce
                ? desired.add(block, residents: residents, host: inventory.host, at: time)
                : desired.remove(block, residents: residents, host: inventory.host, at: time)
            guard let found, !ledger.isWaiting(block.identifier) else {
                doubt()
                return false
            }
            changes.merge(found) { $0 + $1 }
        }
        // What is of no use any more goes as a whole.
        guard !changes.contains(where: { leavesNothing($0.value, in: $0.key) }) else {
            doubt()
            return false
        }
        for (namespace, steps) in changes.sorted(by: { $0.key < $1.key }) {
            guard kernel.change(steps, in: namespace) else {
                doubt()
                return false
            }
        }
        unsettled = []
        settledLedger = ledger.revision
        for entry in entries where entry.leavesInForce {
            guard let block = ledger[entry.block.identifier] else { continue }
            let isPlaced = !(desired.placements[block.identifier]?.places.isEmpty ?? true)
            judge(block, isPlaced: isPlaced, nil, at: time, elapsed: elapsed)
        }
        return true
    }

    /// Whether a set has lost its last element.
    private func leavesNothing(_ changes: [TableChange], in namespace: NetworkNamespace) -> Bool {
        changes.contains { change in
            guard case .deleteElements(let set, _) = change else { return false }
            return desired.namespaces[namespace]?[set.family]?.elements[set.name]?.isEmpty ?? true
        }
    }
}
