import Addressing

/// What is open now, as a whole.
extension IdentityJournal {
    /// Everybody who is here now, with interfaces, addresses and listening sockets. Looks at all that is open.
    package func inventory() -> Inventory {
        var inventory = Inventory()
        inventory.host = topology.host
        inventory.hostName = hostName
        let residents = residents()
        var namespaces = Set(residents.keys.compactMap { $0 }).union(topology.shapes.keys)
        namespaces.formUnion(belongings.listenerCounts.keys)
        if let host = topology.host { namespaces.insert(host) }
        inventory.namespaces = namespaces.map { describe($0, residents[$0] ?? []) }
        for lost in residents[nil] ?? [] {
            var place = NamespaceInventory(namespace: nil)
            place.owner = lost.container.key
            place.containers = [Self.withPublishedPorts(lost)]
            inventory.namespaces.append(place)
        }
        addTranslations(to: &inventory)
        inventory.namespaces.sort(by: Self.precedes)
        return inventory
    }

    /// Containers that run, by their namespace; the owner first.
    private func residents() -> [NetworkNamespace?: [ContainerInventory]] {
        var residents: [NetworkNamespace?: [ContainerInventory]] = [:]
        for list in containers.periods.values {
            guard let open = list.last, open.until == nil else { continue }
            residents[open.value.namespace, default: []].append(ContainerInventory(open.value, since: open.from))
        }
        return residents.mapValues { list in
            list.sorted { precedes($0.container.key, $1.container.key) }
        }
    }

    private func describe(_ namespace: NetworkNamespace, _ residents: [ContainerInventory]) -> NamespaceInventory {
        var place = NamespaceInventory(namespace: namespace)
        place.isHost = namespace == topology.host
        place.interfaces = interfaces(of: namespace).map { describe($0) }
        place.containers = residents.map { Self.withPublishedPorts($0) }
        place.owner = place.isHost ? nil : residents.first?.container.key
        let isAlone = residents.count == 1 && !place.isHost
        var byGroup: [UInt64: Int] = [:]
        for (index, resident) in residents.enumerated() {
            if let group = resident.container.cgroupIdentifier { byGroup[group] = index }
        }
        for listener in openListeners(in: namespace) {
            guard let owner = isAlone ? 0 : listener.cgroupIdentifier.flatMap({ byGroup[$0] }) else {
                place.listeners.append(listener)
                continue
            }
            place.containers[owner].listeners.append(listener)
            guard place.isHost, !listener.address.isLoopback else { continue }
            let port = PublishedPort(
                protocolNumber: listener.protocolNumber,
                address: listener.address,
                port: listener.port,
                containerPort: listener.port
            )
            place.containers[owner].exposures.append(Exposure(port, origin: .hostNetwork))
        }
        return place
    }

    private static func withPublishedPorts(_ resident: ContainerInventory) -> ContainerInventory {
        var resident = resident
        resident.exposures = (resident.container.description.published ?? []).sorted().map {
            Exposure($0, origin: .published)
        }
        return resident
    }

    private func openListeners(in namespace: NetworkNamespace) -> [Listener] {
        let open = belongings.ports(of: namespace).flatMap { port in
            listeners[port].filter { $0.until == nil }.map(\.value)
        }
        return open.sorted { left, right in
            if left.protocolNumber != right.protocolNumber { return left.protocolNumber < right.protocolNumber }
            if left.port != right.port { return left.port < right.port }
            if left.address != right.address { return left.address < right.address }
            return left.cgroupIdentifier ?? 0 < right.cgroupIdentifier ?? 0
        }
    }

    private func describe(_ interface: Interface) -> InterfaceInventory {
        var described = InterfaceInventory(interface)
        let key = interface.key
        described.addresses = belongings.addresses(of: key).sorted { left, right in
            left.isLinkLocalIPv6 != right.isLinkLocalIPv6 ? right.isLinkLocalIPv6 : left < right
        }.map { address in
            let holding = addresses[address].last { $0.until == nil && $0.value.interface == key }
            return .init(address, prefixLength: holding?.value.prefixLength ?? 0)
        }
        described.peer = interface.peer.flatMap { self.interface($0) }
        for master in [interface.masterKey, described.peer?.masterKey] where described.bridge == nil {
            if let master { described.bridge = self.interface(master) }
        }
        if let own = interface.networkIdentifier {
            described.networkIdentifier = own
        } else if case .segment(let identifier, _) = topology.scope(of: key) {
            described.networkIdentifier = identifier
        }
        return described
    }

    /// The host's last, those with containers first.
    private static func precedes(_ left: NamespaceInventory, _ right: NamespaceInventory) -> Bool {
        let ranks = [left, right].map { $0.isHost ? 2 : $0.containers.isEmpty ? 1 : 0 }
        if ranks[0] != ranks[1] { return ranks[0] < ranks[1] }
        if let first = left.containers.first?.container, let second = right.containers.first?.container {
            let labels = [first.label, second.label]
            return labels[0] != labels[1] ? labels[0] < labels[1] : first.key < second.key
        }
        return left.namespace?.inode ?? 0 < right.namespace?.inode ?? 0
    }
}
