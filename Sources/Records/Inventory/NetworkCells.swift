import Addressing
package import Containers

/// The addresses of a namespace, and beside each the way it is reached: `eth0 › docker0`, `eth0 › br0 › vni 4097`.
///
/// Names of interfaces are as they came: whoever shows them makes them harmless.
package struct NetworkCells {
    package private(set) var addresses: [String] = []
    package private(set) var ways: [String] = []

    package static let nothing = NetworkCells()

    private init() {}

    /// Of a namespace with containers. In the host's they are on all of its networks.
    package init(_ place: NamespaceInventory) {
        if place.isHost {
            addresses = ["host network"]
        } else if place.namespace == nil {
            addresses = ["not known"]
        } else {
            add(place.interfaces)
            if addresses.isEmpty { addresses = ["no network"] }
        }
    }

    /// The most interfaces without an address that are named: a host has one for every container.
    private static var limit: Int { 8 }

    package mutating func add(_ interfaces: [InterfaceInventory]) {
        for interface in interfaces {
            let way = Self.way(of: interface)
            for address in interface.addresses where !address.isOfLink {
                addresses.append("\(address.address)")
                ways.append(way)
            }
        }
        let bare = interfaces.filter { $0.addresses.allSatisfy(\.isOfLink) }
        for interface in bare.prefix(Self.limit) {
            addresses.append("–")
            ways.append(Self.way(of: interface))
        }
        if bare.count > Self.limit {
            addresses.append("–")
            ways.append("\(bare.count - Self.limit) more")
        }
    }

    /// The interface, then the bridge it is on or else its other end, then the overlay's identifier.
    private static func way(of described: InterfaceInventory) -> String {
        var steps = [described.interface.name]
        if let next = described.bridge ?? described.peer { steps.append(next.name) }
        if let identifier = described.networkIdentifier { steps.append("vni \(identifier)") }
        return steps.joined(separator: " › ")
    }
}
