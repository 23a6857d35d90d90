import Addressing
import Glibc
import Testing

@testable import Netlink

/// Two containers on a bridge of the host, whose packets the host does not route.
@Suite("Packets on a bridge and nftables") struct BridgeTrafficTests {
    final class Bridge {
        let host: NftablesSpace
        let containers: [TestNamespace]
        static let addresses = [IPAddress("10.7.0.1"), IPAddress("10.7.0.2")].compactMap { $0 }

        init() throws {
            host = try NftablesSpace()
            containers = [try TestNamespace(), try TestNamespace()]
            try host.namespace.ip("link", "add", "br0", "type", "bridge")
            try host.namespace.ip("link", "set", "br0", "up")
            for (number, container) in containers.enumerated() {
                let port = "port\(number)"
                try host.namespace.ip("link", "add", port, "type", "veth", "peer", "eth0", "netns", container.path)
                try host.namespace.ip("link", "set", port, "master", "br0", "up")
                try container.ip("address", "add", "\(Self.addresses[number])/24", "dev", "eth0")
                try container.ip("link", "set", "eth0", "up")
            }
        }

        /// Of each container one, bound to a port.
        func sockets(port: UInt16) throws -> [DatagramSocket] {
            try containers.map { (container) in
                try container.perform { () throws in try DatagramSocket(port: port) }
            }
        }
    }

    /// Where what one container sends to the other on the same bridge can be stopped.
    static let places: [(Nftables.Family, Nftables.Chain.Base)] = [
        (.bridge, .init(.prerouting, priority: -300)), (.bridge, .init(.forward)), (.bridge, .init(.postrouting)),
        (.netdev, .init(.ingress, devices: ["port0"])), (.netdev, .init(.egress, devices: ["port1"])),
        (.inet, .init(.ingress, devices: ["port0"])),
    ]

    @Test(arguments: places.indices) func whatPassesTheBridgeIsBlocked(place: Int) throws {
        let (family, base) = Self.places[place]
        let bridge = try Bridge()
        let (blocked, other) = (try bridge.sockets(port: 5000), try bridge.sockets(port: 5001))
        let destination = Bridge.addresses[1]
        #expect(blocked[0].reaches(blocked[1], at: destination, port: 5000))

        let set = Nftables.Set(family, "blocked", key: [.interfaceName, .ipv4, .inetProtocol, .inetService])
        let isEgress = base.hook == .egress || base.hook == .postrouting
        let device: Nftables.Selector = isEgress ? .outputInterface : .inputInterface
        let key = Nftables.Key(
            .interface(isEgress ? "port1" : "port0"),
            .address(destination),
            .inetProtocol(17),
            .port(5000)
        )
        try bridge.host.commit { (batch) in
            batch.add(Nftables.Table(family))
            batch.add(Nftables.Chain(family, "c", base: base))
            batch.add(set)
            batch.add([.init(key)], to: set)
            let selectors = [device, .ipDestination, .inetProtocol, .destinationPort]
            batch.append(.init(.version(.v4), .lookup(selectors, in: "blocked"), .counter, .drop), to: "c", of: family)
        }
        for _ in 0..<3 { blocked[0].send(to: destination, port: 5000) }
        blocked[0].send(to: destination, port: 5001)
        #expect(other[1].receives(within: 5000))
        #expect(try TrafficTests.packets(bridge.host, of: "c", family, wanted: 3) == 3)
        #expect(!blocked[1].receives(within: 100))
        // The other way is not what was blocked.
        #expect(blocked[1].send(to: Bridge.addresses[0], port: 5000) == 0)
        #expect(blocked[0].receives(within: 5000))

        try bridge.host.commit { $0.delete([key], from: set) }
        blocked[0].send(to: destination, port: 5000)
        #expect(blocked[1].receives(within: 5000))
    }

    @Test func aHardwareAddressIsFound() throws {
        let bridge = try Bridge()
        let sockets = try bridge.sockets(port: 5000)
        #expect(sockets[0].reaches(sockets[1], at: Bridge.addresses[1], port: 5000))
        let link = try #require(try bridge.containers[0].objects("ip", "link", "show", "eth0").first)
        let address = try #require((link["address"] as? String).flatMap { MACAddress($0) })
        let set = Nftables.Set(.bridge, "stations", key: [.ether])
        try bridge.host.commit { (batch) in
            batch.add(Nftables.Table(.bridge))
            batch.add(Nftables.Chain(.bridge, "c", base: .init(.forward)))
            batch.add(set)
            batch.add([.init(.init(.ether(address)))], to: set)
            batch.append(.init(.lookup([.etherSource], in: "stations"), .counter, .drop), to: "c", of: .bridge)
        }
        sockets[0].send(to: Bridge.addresses[1], port: 5000)
        #expect(try TrafficTests.packets(bridge.host, of: "c", .bridge, wanted: 1) >= 1)
        #expect(!sockets[1].receives(within: 100))
        #expect(try bridge.host.listed().contains("ether saddr @stations counter packets"))
        #expect(try bridge.host.listed().contains("elements = { \(address) }"))
    }
}
