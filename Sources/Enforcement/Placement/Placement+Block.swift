package import Containers
package import Policy

extension Placement {
    /// Where a block is placed among those who are here now.
    ///
    /// A selector is looked up anew each time: whoever comes later is stopped when this is asked again. The host's namespace is needed for
    /// an address alone. `spared` are never stopped, nor is whoever shares a network namespace with one of them, be they meant by a selector or by
    /// name: they may have come after it was judged.
    package init(
        of order: BlockOrder,
        among residents: [ContainerKey: Resident],
        host: NetworkNamespace?,
        sparing spared: [Selector] = []
    ) {
        self.init()
        let receiving = order.options.contains(.bothDirections) || order.isQuarantine
        switch order.subject {
        case .address:
            guard let host else { return }
            self.init(ofAddressAloneIn: host)
        case .container(let key):
            guard let resident = residents[key] else {
                gaps = [.notRunning(key)]
                return
            }
            guard !resident.isMeant(by: spared) else {
                gaps = [.spared(container: resident.container.label)]
                return
            }
            self.init(of: order, resident, receiving: receiving)
        case .selector(let selector):
            for key in residents.keys.sorted() {
                guard let resident = residents[key], selector.means(resident), !resident.isMeant(by: spared) else {
                    continue
                }
                add(Self(of: order, resident, receiving: receiving))
            }
        }
    }

    /// With `newOnly`, TCP is caught by its flags where everything is, and the rest where conntrack is.
    private init(of order: BlockOrder, _ resident: Resident, receiving: Bool) {
        self.init(of: resident, receiving: receiving)
        let number = order.protocolNumber
        guard order.options.contains(.newOnly), !resident.usesHostNetwork, number != 6 else { return }
        if number != nil { places.removeAll { $0.hook.isOnDevice } }
        let isOwn = !places.isEmpty && places.allSatisfy { !$0.hook.isOnDevice }
        add(Self(ofBeginningsOf: resident))
        if !isOwn { covered.subtract([.sameBridge, .bridgedOverlay, .fromHost, .fromElsewhere]) }
    }
}

extension BlockOrder {
    /// The protocol it is about; nil for any.
    package var protocolNumber: UInt8? {
        if case .traffic(_, let traffic) = target { traffic.protocolNumber } else { nil }
    }
}
