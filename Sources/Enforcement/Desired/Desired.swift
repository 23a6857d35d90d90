package import Addressing
package import Containers
package import Netlink
package import Policy

/// What shall stand in the kernel: in each namespace one table of ours for each family that is needed.
///
/// Made anew from the blocks, from who is here, and from the levels. The same input gives the same tables; none is told of the kernel.
package struct Desired: Hashable, Sendable {
    package var namespaces: [NetworkNamespace: [Nftables.Family: DesiredTable]] = [:]
    /// Where each block that holds was placed.
    package var placements: [BlockIdentifier: Placement] = [:]

    /// Containers that selectors do not stop, whoever they mean.
    package private(set) var spared: [Selector] = []

    package init() {}

    /// What shall stand for blocks and levels.
    /// - Parameters:
    ///   - blocks: those that hold, as a ledger has them.
    ///   - inventory: who is here now.
    ///   - spared: containers that nothing stops, by name or by selector: the policy's `never_block`.
    ///   - neverBlock: what blocks that name no address leave out, in order be there some that overlap.
    ///   - levels: what is enforced between levels of sensitivity; nil for nothing.
    package init(
        blocks: [Block],
        inventory: Inventory,
        sparing spared: [Selector] = [],
        neverBlock: [IPPrefix] = [],
        levels: LevelPlan? = nil
    ) {
        self.init(
            blocks: blocks,
            residents: inventory.residents,
            host: inventory.host,
            sparing: spared,
            neverBlock: neverBlock,
            levels: levels
        )
    }

    /// The same, of an inventory that was taken apart before.
    package init(
        blocks: [Block],
        residents: [ContainerKey: Resident],
        host: NetworkNamespace?,
        sparing spared: [Selector] = [],
        neverBlock: [IPPrefix] = [],
        levels: LevelPlan? = nil
    ) {
        self.spared = spared
        var tables: [NetworkNamespace: ElementTable] = [:]
        var quarantines = Quarantines()
        var memory = PlacementMemory(residents: residents, host: host, spared: spared)
        for block in blocks {
            let placement = memory.placement(of: block.order)
            placements[block.identifier] = placement
            for place in placement.places {
                Self.insert(block, at: place, into: &tables[place.namespace, default: ElementTable()], &quarantines)
            }
        }
        quarantines.insert(into: &tables)
        var namespaces = Set(tables.keys)
        if let levels { namespaces.formUnion(levels.namespaces) }
        for namespace in namespaces {
            let composition = TableComposition(
                tables[namespace]?.finished() ?? [:],
                neverBlock: neverBlock,
                levels: levels?.plan(in: namespace)
            )
            let made = composition.tables
            if !made.isEmpty { self.namespaces[namespace] = made }
        }
    }

    /// Elements in all tables.
    package var elementCount: Int {
        namespaces.values.reduce(0) { sum, tables in sum + tables.values.reduce(0) { $0 + $1.elementCount } }
    }

    private static func insert(
        _ block: Block,
        at place: Place,
        into table: inout ElementTable,
        _ quarantines: inout Quarantines
    ) {
        let element = DesiredElement(until: block.until, blocks: [block.identifier])
        let order = block.order
        if case .address(let address) = order.subject {
            let prefix = IPPrefix(of: address)
            var traffic = Traffic()
            if case .traffic(_, let named) = order.target { traffic = named }
            table.insert(.blocked, at: place.hook, of: place.local, prefix, traffic, element)
            return
        }
        switch order.target {
        case .everything(let allowed): quarantines.add(place, block.until, allowed, block.identifier)
        case .traffic(let remote, let traffic):
            let isFresh = order.options.contains(.newOnly)
            // Beginnings of TCP are known by its flags alone where conntrack is not.
            var traffic = traffic
            if isFresh, place.hook.isOnDevice { traffic.protocolNumber = 6 }
            guard let prefixes = remote.prefixes else {
                table.insert(isFresh ? .fresh : .open, at: place.hook, of: place.local, nil, traffic, element)
                return
            }
            for prefix in prefixes {
                table.insert(isFresh ? .fresh : .blocked, at: place.hook, of: place.local, prefix, traffic, element)
            }
        }
    }
}

/// Placements that were found once: many blocks are of the same container.
private struct PlacementMemory {
    private struct Key: Hashable {
        var subject: BlockSubject
        var options: BlockOptions
        var isQuarantine: Bool
        /// It counts with `newOnly` alone.
        var protocolNumber: UInt8?
    }

    let residents: [ContainerKey: Resident]
    let host: NetworkNamespace?
    let spared: [Selector]
    private var known: [Key: Placement] = [:]

    init(residents: [ContainerKey: Resident], host: NetworkNamespace?, spared: [Selector]) {
        self.spared = spared
        self.residents = residents
        self.host = host
    }

    mutating func placement(of order: BlockOrder) -> Placement {
        // There are as many addresses as blocks, and all are placed alike.
        if case .address = order.subject { return Placement(of: order, among: [:], host: host) }
        let key = Key(
            subject: order.subject,
            options: order.options,
            isQuarantine: order.isQuarantine,
            protocolNumber: order.options.contains(.newOnly) ? order.protocolNumber : nil
        )
        if let placement = known[key] { return placement }
        let placement = Placement(of: order, among: residents, host: host, sparing: spared)
        known[key] = placement
        return placement
    }
}

extension PlaceHook {
    /// Whether it stands in the netdev family, where conntrack is not known.
    var isOnDevice: Bool { self == .sending || self == .receiving }
}
