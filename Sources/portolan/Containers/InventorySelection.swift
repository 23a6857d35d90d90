import Containers

/// Which part of an inventory was asked for.
struct InventorySelection {
    /// What containers are called that are wanted; none for all.
    var names: [String]
    /// Whether namespaces without a container, and the host itself, are wanted.
    var showsAll: Bool

    /// That part. With names, a namespace keeps those of its containers that have one.
    func select(from inventory: Inventory) -> Inventory {
        var selection = inventory
        selection.namespaces = inventory.namespaces.compactMap { place in
            var place = place
            if !names.isEmpty {
                place.containers = place.containers.filter { resident in
                    names.contains { Self.isCalled(resident.container, $0) }
                }
            }
            if place.isHost, !(showsAll && names.isEmpty) {
                place.interfaces = []
                place.listeners = []
            }
            return place.containers.isEmpty && !(showsAll && names.isEmpty) ? nil : place
        }
        return selection
    }

    /// Names that nobody has.
    func strangers(to inventory: Inventory) -> [String] {
        names.filter { name in
            !inventory.namespaces.contains { $0.containers.contains { Self.isCalled($0.container, name) } }
        }
    }

    /// The fewest digits of an identifier that name a container: as many as runtimes print.
    private static var digits: Int { 12 }

    static func isCalled(_ container: Container, _ name: String) -> Bool {
        let description = container.description
        if name == description.name || name == description.pod || name == container.label { return true }
        if let pod = description.pod, let place = description.podNamespace, name == "\(place)/\(pod)" { return true }
        if let pod = description.pod, let own = description.name, name == "\(pod)/\(own)" { return true }
        return name.utf8.count >= digits && container.key.identifier.hasPrefix(name)
    }
}
