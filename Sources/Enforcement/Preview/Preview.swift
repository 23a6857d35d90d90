import Addressing
package import Containers
package import Policy

/// What a block would do, before it is made: whom it stops, on which ways, and which connections it would cut.
package struct Preview: Hashable, Sendable {
    package let order: BlockOrder
    package let placement: Placement
    /// Connections that would end or hang, those with most packets first; at most `flowLimit`.
    package let cut: [ObservedFlow]
    /// How many there are in all.
    package let cutCount: Int
    /// How many flows were looked at.
    package let seen: Int
    /// What leads to the containers that are meant as the other end, and stays open; at most `flowLimit`.
    package let detours: [Detour]

    /// The most flows that are named.
    package static var flowLimit: Int { 20 }

    /// - Parameters:
    ///   - order: what would be blocked.
    ///   - inventory: who is here now.
    ///   - spared: containers that nothing stops, by name or by selector: the policy's `never_block`.
    ///   - flows: what is known to go on.
    package init(
        _ order: BlockOrder,
        inventory: Inventory,
        sparing spared: [Selector] = [],
        flows: [ObservedFlow]
    ) {
        self.order = order
        let residents = inventory.residents
        let placement = Placement(of: order, among: residents, host: inventory.host, sparing: spared)
        self.placement = placement
        seen = flows.count
        detours = Array(order.detours(among: residents).prefix(Self.flowLimit))
        let stopped = Set(placement.members.map(\.key))
        let cut = flows.filter { $0.isEstablished && order.cuts($0, of: stopped) }
            .sorted { ($0.packets, $1.label) > ($1.packets, $0.label) }
        cutCount = cut.count
        self.cut = Array(cut.prefix(Self.flowLimit))
    }
}

extension BlockOrder {
    /// Whether an established flow would end. `stopped` are the containers that the order means.
    package func cuts(_ flow: ObservedFlow, of stopped: Set<ContainerKey>) -> Bool {
        if options.contains(.newOnly), !options.contains(.cut) { return false }
        if case .address(let address) = subject {
            if flow.destinationAddress == address { return isAbout(flow, remotePort: flow.destinationPort) }
            return flow.sourceAddress == address && isAbout(flow, remotePort: flow.sourcePort)
        }
        let isSender = flow.source.map { stopped.contains($0) } ?? false
        let isServer = flow.destination.map { stopped.contains($0) } ?? false
        switch target {
        case .everything(let allowed):
            if isSender, !allowed.contains(where: { $0.contains(flow.destinationAddress) }) { return true }
            return isServer && !allowed.contains { $0.contains(flow.sourceAddress) }
        case .traffic(let remote, _):
            if isSender, remote.contains(flow.destinationAddress) {
                return isAbout(flow, remotePort: flow.destinationPort)
            }
            // What it answers to a connection from there is stopped, too: a drop at a device knows no connections.
            return isServer && remote.contains(flow.sourceAddress) && isAbout(flow, remotePort: flow.sourcePort)
        }
    }

    private func isAbout(_ flow: ObservedFlow, remotePort: UInt16) -> Bool {
        guard case .traffic(_, let traffic) = target else { return true }
        return traffic.covers(protocolNumber: flow.protocolNumber, port: remotePort)
    }
}

extension BlockedRemote {
    fileprivate func contains(_ address: IPAddress) -> Bool { prefixes?.contains { $0.contains(address) } ?? true }
}
