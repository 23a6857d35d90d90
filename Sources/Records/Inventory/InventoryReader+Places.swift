import Containers

/// A container as a line tells it: with the namespace it is in, and the container whose namespace that is.
struct ToldResident {
    var resident: ContainerInventory
    /// With its interfaces, and nobody in it.
    var place: NamespaceInventory
    /// Whose namespace it shares; nil when it is its own, the host's, or not known.
    var owner: String?
}

/// Puts lines where they belong.
extension InventoryReader {
    mutating func take(_ told: ToldResident) throws(Reason) {
        let key = told.resident.container.key
        guard !residents.contains(key) else { throw .wrong("container.id") }
        if let namespace = told.place.namespace, let index = places[namespace] {
            guard !described.contains(namespace) else { throw .wrong("container.netns") }
            try inventory.namespaces[index].add(told)
        } else {
            var place = told.place
            try place.add(told)
            try append(place)
        }
        residents.insert(key)
    }

    /// A namespace that no container is in, or the host, of whom others may have been told.
    mutating func take(_ told: NamespaceInventory) throws(Reason) {
        guard let namespace = told.namespace, !described.contains(namespace) else { throw .wrong("host.netns") }
        if let index = places[namespace] {
            guard told.isHost, inventory.namespaces[index].isHost else { throw .wrong("host.netns") }
            let containers = inventory.namespaces[index].containers
            inventory.namespaces[index] = told
            inventory.namespaces[index].containers = containers
        } else {
            try append(told)
        }
        described.insert(namespace)
    }

    private mutating func append(_ place: NamespaceInventory) throws(Reason) {
        if place.isHost {
            guard inventory.host == nil else { throw .wrong("host.netns") }
            inventory.host = place.namespace
        }
        if let namespace = place.namespace { places[namespace] = inventory.namespaces.count }
        inventory.namespaces.append(place)
    }
}

extension NamespaceInventory {
    fileprivate mutating func add(_ told: ToldResident) throws(JournalError.Reason) {
        guard isHost == told.place.isHost else { throw .wrong("container.netns") }
        guard interfaces == told.place.interfaces else { throw .wrong("interface") }
        if !isHost { try setOwner(told.owner, told.resident.container.key) }
        containers.append(told.resident)
    }

    /// Notes whose it is: of `resident` when nobody else is named.
    private mutating func setOwner(_ named: String?, _ resident: ContainerKey) throws(JournalError.Reason) {
        let isFirst = containers.isEmpty
        guard let named else {
            // The one others named before, or the first of whom is told.
            guard isFirst || owner == ContainerKey(identifier: resident.identifier, generation: 0) else {
                throw .missing("container.network_of")
            }
            owner = resident
            return
        }
        if isFirst { owner = ContainerKey(identifier: named, generation: 0) }
        guard owner?.identifier == named else { throw .wrong("container.network_of") }
    }
}
