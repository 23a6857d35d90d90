package import Netlink

/// One step of what is to be changed in our tables of a namespace. All steps are made at once, in their order, or none is.
package enum TableChange: Hashable, Sendable {
    case addTable(Nftables.Table)
    case deleteTable(Nftables.Family)
    case addSet(Nftables.Set)
    case deleteSet(Nftables.Family, String)
    case addElements(Nftables.Set, [Nftables.Element])
    case deleteElements(Nftables.Set, [Nftables.Key])
    case addChain(Nftables.Chain)
    case deleteChain(Nftables.Family, String)
    case addDevices(Nftables.Chain, [String])
    case deleteDevices(Nftables.Chain, [String])
    case appendRule(Nftables.Family, chain: String, Nftables.Rule)
    case deleteRule(Nftables.Family, chain: String, handle: UInt64)
}

extension TableChange {
    /// Puts it into a batch.
    package func write(into batch: inout Nftables.Batch) {
        switch self {
        case .addTable(let table): batch.add(table)
        // It may have gone since it was seen.
        case .deleteTable(let family): batch.removeTable(family)
        case .addSet(let set): batch.add(set)
        case .deleteSet(let family, let name): batch.deleteSet(name, of: family)
        case .addElements(let set, let elements): batch.add(elements, to: set)
        // The time of one may come while the batch is on its way.
        case .deleteElements(let set, let keys): batch.destroy(keys, from: set)
        case .addChain(let chain): batch.add(chain)
        case .deleteChain(let family, let name): batch.deleteChain(name, of: family)
        case .addDevices(let chain, let devices): batch.add(devices: devices, to: chain)
        case .deleteDevices(let chain, let devices): batch.delete(devices: devices, from: chain)
        case .appendRule(let family, let chain, let rule): batch.append(rule, to: chain, of: family)
        case .deleteRule(let family, let chain, let handle): batch.deleteRule(handle, of: chain, of: family)
        }
    }

    /// Whether it takes something away.
    package var removes: Bool {
        switch self {
        case .deleteTable, .deleteSet, .deleteElements, .deleteChain, .deleteDevices, .deleteRule: true
        case .addTable, .addSet, .addElements, .addChain, .addDevices, .appendRule: false
        }
    }
}
