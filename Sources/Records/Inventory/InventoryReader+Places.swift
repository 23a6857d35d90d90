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
        var place = told.place
        if let namespace = place.namespace, let index = places[namespace] {
            place = inventory.namespaces[index]
            guard place.isHost == told.place.isHost, described.contains(namespace) == false else {
                throw .wrong("container.netns")
            }
            guard place.interfaces == told.place.interfaces else { throw .wrong("interface") }
        }
        if !place.isHost { try place.setOwner(told.owner, key) }
        place.containers.append(told.resident)
        try put(place)
        residents.insert(key)
    }

    /// A namespace that no container is in, or the host, of whom others may have been told.
    mutating func take(_ told: NamespaceInventory) throws(Reason) {
        var place = told
        guard let namespace = told.namespace, !described.contains(namespace) else { throw .wrong("host.netns") }
        if let index = places[namespace] {
            let known = inventory.namespaces[index]
            guard known.isHost, told.isHost else { throw .wrong("host.netns") }
            place.containers = known.containers
        }
        try put(place)
        described.insert(namespace)
    }

    private mutating func put(_ place: NamespaceInventory) throws(Reason) {
        if place.isHost, let host = inventory.host, host != place.namespace { throw .wrong("host.netns") }
        guard let namespace = place.namespace else {
            inventory.namespaces.append(place)
            return
        }
        if let index = places[namespace] {
            inventory.namespaces[index] = place
        } else {
            places[namespace] = inventory.namespaces.count
            inventory.namespaces.append(place)
        }
        if place.isHost { inventory.host = namespace }
    }
}

extension NamespaceInventory {
    /// Notes whose it is: of `resident` when nobody else is named.
    fileprivate mutating func setOwner(_ named: String?, _ resident: ContainerKey) throws(JournalError.Reason) {
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
