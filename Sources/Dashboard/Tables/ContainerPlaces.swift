import Addressing
import Containers
import Graph
import Records

/// Where in an inventory a row is from, with what goes to and from it: all that sorting keeps of it.
struct ContainerPlace: Sendable {
    let namespace: Int
    /// Nil for a namespace by itself.
    let resident: Int?
    var incoming = EdgeSum()
    var outgoing = EdgeSum()

    func id(_ inventory: Inventory) -> ContainerRowID {
        if let resident { return .container(inventory.namespaces[namespace].containers[resident].container.key) }
        guard !inventory.namespaces[namespace].isHost, let own = inventory.namespaces[namespace].namespace else {
            return .host
        }
        return .namespace(own)
    }

    /// Everything there is to show of it.
    func row(_ snapshot: Snapshot) -> ContainerRow {
        let place = snapshot.inventory.namespaces[namespace]
        guard let resident else { return ContainerRow(place, hostName: snapshot.inventory.hostName) }
        var row = ContainerRow(place.containers[resident], in: place)
        (row.incoming, row.outgoing) = (incoming, outgoing)
        let key = EndpointKey(.container, place.containers[resident].container.key.identifier)
        row.isAmbiguous = snapshot.graph.endpoints[key]?.isAmbiguous ?? false
        return row
    }
}

/// Everybody who is listed.
struct ContainerPlaces {
    private let snapshot: Snapshot
    private var containers: [ContainerPlace] = []
    /// Namespaces without containers, and the host.
    private var others: [ContainerPlace] = []
    /// How many the filter hides.
    private(set) var hidden = 0

    init(_ snapshot: Snapshot, showsAll: Bool, _ isShown: ((ContainerInventory) -> Bool)?) {
        self.snapshot = snapshot
        let namespaces = snapshot.inventory.namespaces
        for number in namespaces.indices {
            for resident in namespaces[number].containers.indices {
                if let isShown, !isShown(namespaces[number].containers[resident]) {
                    hidden += 1
                } else {
                    containers.append(ContainerPlace(namespace: number, resident: resident))
                }
            }
            guard showsAll, namespaces[number].containers.isEmpty || namespaces[number].isHost else { continue }
            others.append(ContainerPlace(namespace: number, resident: nil))
        }
        sum()
    }

    private func container(_ place: ContainerPlace) -> Container? {
        place.resident.map { snapshot.inventory.namespaces[place.namespace].containers[$0].container }
    }

    /// What goes to and from each of them, from all edges in one go.
    private mutating func sum() {
        guard !snapshot.graph.edges.isEmpty else { return }
        var places: [String: Int] = [:]
        for (index, place) in containers.enumerated() {
            guard let resident = place.resident else { continue }
            places[snapshot.inventory.namespaces[place.namespace].containers[resident].container.key.identifier] = index
        }
        for (key, edge) in snapshot.graph.edges {
            let rate = snapshot.rates[key]
            if key.source.kind == .container, let place = places[key.source.name] {
                containers[place].outgoing.add(edge, rate)
            }
            if key.destination.kind == .container, let place = places[key.destination.name] {
                containers[place].incoming.add(edge, rate)
            }
        }
    }

    /// Containers by a column, and after them the others.
    func sorted(by column: ContainersTable.Column, isReversed: Bool, _ signs: EndSigns) -> [ContainerPlace] {
        SortKeys.order(keys(by: column, signs), isReversed: isReversed).map { containers[$0] } + others
    }

    private func keys(by column: ContainersTable.Column, _ signs: EndSigns) -> [UInt64] {
        switch column {
        case .name: SortKeys.ranks(of: containers.map { container($0)?.label ?? "" }) { $0 }
        case .level:
            containers.map { place in
                container(place).flatMap { signs.sign(of: $0.key).level }.map { UInt64($0.rank + 1) } ?? 0
            }
        case .image: SortKeys.ranks(of: containers.map { container($0)?.description.image ?? "" }) { $0 }
        case .address: containers.map { Self.key(snapshot.inventory.namespaces[$0.namespace]) }
        case .network: SortKeys.ranks(of: containers.map { $0.row(snapshot).network.ways.first ?? "" }) { $0 }
        case .listens: containers.map { place in place.row(snapshot).listeners.map { UInt64($0.port) }.min() ?? .max }
        case .exposed:
            containers.map { place in place.row(snapshot).exposures.map { UInt64($0.port.port) }.min() ?? .max }
        case .incoming: containers.map(\.incoming.key)
        case .outgoing: containers.map(\.outgoing.key)
        case .who: SortKeys.ranks(of: containers.map { $0.row(snapshot).who.text }) { $0 }
        }
    }

    /// Of its first address: IPv4 by number, before IPv6 by the first half of it, before none.
    private static func key(_ place: NamespaceInventory) -> UInt64 {
        for interface in place.interfaces {
            for address in interface.addresses where !address.isOfLink {
                switch address.address {
                case .v4(let address): return UInt64(address.bits)
                case .v6(let address): return 1 << 63 | address.high >> 1
                }
            }
        }
        return .max
    }
}
