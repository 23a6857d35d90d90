import Addressing
import Containers
import Records

/// Which part of an inventory was asked for.
struct InventorySelection {
    /// What containers are called that are wanted; none for all.
    private let names: [ContainerCriterion]
    private let filter: FlowFilter
    private let showsAll: Bool

    /// - Parameters:
    ///   - names: what containers are called that are wanted; none for all.
    ///   - filter: what else they are.
    ///   - showsAll: whether namespaces without a container, and the host itself, are wanted.
    init(names: [String] = [], filter: FlowFilter = FlowFilter(), showsAll: Bool) {
        self.names = names.map { ContainerCriterion(value: $0) }
        self.filter = filter
        self.showsAll = showsAll && names.isEmpty && filter.isEmpty
    }

    /// That part. A namespace keeps those of its containers that are wanted.
    func select(from inventory: Inventory) -> Inventory {
        var selection = inventory
        selection.namespaces = inventory.namespaces.compactMap { place in
            var place = place
            let addresses = place.addresses
            place.containers.removeAll { !isWanted($0.container, addresses) }
            if place.isHost, !showsAll {
                place.interfaces = []
                place.listeners = []
            }
            return place.containers.isEmpty && !showsAll ? nil : place
        }
        return selection
    }

    /// Names that nobody has.
    func strangers(to inventory: Inventory) -> [String] {
        names.filter { name in
            !inventory.namespaces.contains { $0.containers.contains { name.names($0.container) } }
        }.map(\.description)
    }

    private func isWanted(_ container: Container, _ addresses: [IPAddress]) -> Bool {
        guard names.isEmpty || names.contains(where: { $0.names(container) }) else { return false }
        return filter.holds(of: FilteredEnd(container, addresses: addresses))
    }
}

extension NamespaceInventory {
    /// Those of its containers. The host's own are no container's.
    fileprivate var addresses: [IPAddress] {
        isHost ? [] : interfaces.flatMap { $0.addresses.map(\.address) }
    }
}
