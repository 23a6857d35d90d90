import Addressing

extension IdentityJournal {
    /// Adds the ports of the host that open translated connections lead from into a namespace, where nobody said so already.
    func addTranslations(to inventory: inout Inventory) {
        guard let host = topology.host else { return }
        var holders: [IPAddress: Int] = [:]
        for (index, place) in inventory.namespaces.enumerated() where !place.isHost {
            for interface in place.interfaces {
                for address in interface.addresses { holders[address.address] = index }
            }
        }
        var found: [Int: Set<PublishedPort>] = [:]
        for list in translations.periods.values {
            for period in list where period.until == nil && period.value.namespace == host {
                let (shown, real) = (period.value.shownDestination, period.value.realDestination)
                guard shown.address != real.address, let index = holders[real.address], isHosts(shown.address) else {
                    continue
                }
                let port = PublishedPort(
                    protocolNumber: period.value.protocolNumber,
                    address: shown.address,
                    port: shown.port,
                    containerPort: real.port
                )
                found[index, default: []].insert(port)
            }
        }
        for (index, ports) in found {
            let told = inventory.namespaces[index].containers.flatMap(\.exposures)
            inventory.namespaces[index].exposures = ports.sorted().filter { port in
                !told.contains { $0.port.covers(port) }
            }.map { Exposure($0, origin: .translation) }
        }
    }

    /// Whether an address is on an interface of the host.
    private func isHosts(_ address: IPAddress) -> Bool {
        address.isLoopback
            || addresses[address].contains { $0.until == nil && $0.value.interface.namespace == topology.host }
    }
}

extension PublishedPort {
    /// Whether it is the same port, at the same address or at every one.
    fileprivate func covers(_ other: Self) -> Bool {
        port == other.port && protocolNumber == other.protocolNumber && containerPort == other.containerPort
            && (address == other.address || address.isUnspecified)
    }
}
