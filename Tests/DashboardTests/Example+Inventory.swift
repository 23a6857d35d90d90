import Addressing
import Containers
import Graph

@testable import Dashboard

extension Example {
    /// So many containers, each in a namespace of its own, but for the last two, which share one; and the host.
    static func inventory(_ count: Int, hostile: String = "") -> Inventory {
        var inventory = Inventory()
        inventory.hostName = "node-a"
        inventory.host = NetworkNamespace(inode: 4_026_531_840)
        for number in 0..<count {
            let container = container("\(hostile)web-\(number)", number: number)
            var resident = ContainerInventory(container, since: end)
            if number == count - 1, count > 2 {
                inventory.namespaces[number - 1].containers.append(resident)
                continue
            }
            var place = NamespaceInventory(namespace: NetworkNamespace(inode: 4_026_532_000 + UInt64(number)))
            place.owner = container.key
            place.interfaces = [interface("eth0", 2, place.namespace, "10.42.\(number / 250).\(number % 250 + 1)")]
            if let namespace = place.namespace {
                var listener = Listener(
                    namespace: namespace,
                    protocolNumber: 6,
                    address: .v4(IPv4Address(bits: 0)),
                    port: UInt16(truncatingIfNeeded: 8000 + number)
                )
                listener.process = SocketProcess(identifier: 100, name: "\(hostile)httpd")
                resident.listeners = [listener]
            }
            if number == 0 {
                let port = PublishedPort(
                    protocolNumber: 6,
                    address: .v4(IPv4Address(bits: 0)),
                    port: 80,
                    containerPort: 8000
                )
                resident.exposures = [Exposure(port, origin: .published)]
            }
            place.containers = [resident]
            inventory.namespaces.append(place)
        }
        var host = NamespaceInventory(namespace: inventory.host)
        host.isHost = true
        host.interfaces = [interface("eth0", 2, host.namespace, "192.0.2.7")]
        inventory.namespaces.append(host)
        return inventory
    }

    private static func interface(
        _ name: String,
        _ index: UInt32,
        _ namespace: NetworkNamespace?,
        _ address: String
    ) -> InterfaceInventory {
        let key = InterfaceKey(namespace: namespace ?? NetworkNamespace(inode: 1), index: index)
        var described = InterfaceInventory(Interface(key: key, name: name))
        if let address = IPAddress(address) { described.addresses = [.init(address, prefixLength: 24)] }
        described.bridge = Interface(
            key: InterfaceKey(namespace: NetworkNamespace(inode: 1), index: 3),
            name: "br-shop"
        )
        return described
    }

    /// Edges from each of the first containers to the next, with rates.
    static func edges(_ count: Int, in snapshot: inout Snapshot) {
        var endpoints: [EndpointKey: Endpoint] = [:]
        var edges: [EdgeKey: Edge] = [:]
        for number in 0..<count {
            let key = EndpointKey(.container, identifier(number))
            var endpoint = Endpoint(key, at: end)
            endpoint.name = "web-\(number)"
            endpoint.isAmbiguous = number == 3
            endpoints[key] = endpoint
            guard number > 0 else { continue }
            let edge = EdgeKey(EndpointKey(.container, identifier(number - 1)), key, protocolNumber: 6, port: 8080)
            var counted = Edge(first: end, last: end)
            counted.counts.sourceBytes = UInt64(number) * 1_000_000
            counted.counts.sourcePackets = 10
            counted.counts.flows = 4
            counted.counts.failures = number == 2 ? 1 : 0
            edges[edge] = counted
            guard number % 2 == 0 else { continue }
            var rate = EdgeRate()
            rate.tenSeconds.bytes = UInt64(number) * 30_000
            snapshot.rates[edge] = rate
        }
        snapshot.graph = GraphPicture(endpoints: endpoints, edges: edges, minutes: [], folding: GraphFolding())
    }
}
