import Addressing
import Glibc
import Testing

@testable import Netlink

/// Real packets against rules: between a host and a container that a veth joins.
@Suite("Packets and nftables") struct TrafficTests {
    /// The host's rules are the test's; its end of the veth is `host0`.
    final class Pair {
        let host: NftablesSpace
        let container: TestNamespace
        static let hostAddresses = [IPAddress("10.9.0.1"), IPAddress("fd00:9::1")].compactMap { $0 }
        static let containerAddresses = [IPAddress("10.9.0.2"), IPAddress("fd00:9::2")].compactMap { $0 }

        init() throws {
            host = try NftablesSpace()
            container = try TestNamespace()
            try host.namespace.ip("link", "add", "host0", "type", "veth", "peer", "eth0", "netns", container.path)
            for (space, device, addresses) in [
                (host.namespace, "host0", Self.hostAddresses), (container, "eth0", Self.containerAddresses),
            ] {
                for address in addresses {
                    let prefix = "\(address)/\(address.isIPv6 ? 64 : 24)"
                    let words = address.isIPv6 ? ["nodad"] : []
                    try space.perform { () throws in
                        let arguments = ["/sbin/ip", "address", "add", prefix, "dev", device] + words
                        _ = try ChildProcess(arguments).printed()
                    }
                }
                try space.ip("link", "set", device, "up")
            }
        }

        func socket(in space: TestNamespace, isIPv6: Bool, port: UInt16 = 0) throws -> DatagramSocket {
            try space.perform { () throws in try DatagramSocket(isIPv6: isIPv6, port: port) }
        }
    }

    /// Waits for what counts to reach a number, and says what it has reached.
    static func packets(
        _ space: NftablesSpace,
        of chain: String,
        _ family: Nftables.Family,
        wanted: UInt64
    ) throws -> UInt64 {
        let deadline = ContinuousClock.now + .seconds(30)
        while true {
            let packets = try space.socket.dumpRules(family, chain: chain).first?.rule.counter?.packets ?? 0
            guard packets < wanted, ContinuousClock.now < deadline else { return packets }
            usleep(10_000)
        }
    }

    static func key(_ source: IPAddress, _ destination: IPAddress, port: UInt16) -> Nftables.Key {
        .init(.address(source), .address(destination), .inetProtocol(17), .port(port))
    }

    /// One drop rule over a set on a hook of `host0`.
    static func block(_ hook: Nftables.Hook, isIPv6: Bool, _ key: Nftables.Key) -> Nftables.Batch {
        var batch = Nftables.Batch()
        let address: Nftables.FieldKind = isIPv6 ? .ipv6 : .ipv4
        let set = Nftables.Set(
            .netdev,
            "blocked",
            key: [address, address, .inetProtocol, .inetService],
            flags: [.timeout],
            hasCounters: true
        )
        batch.add(Nftables.Table(.netdev))
        batch.add(Nftables.Chain(.netdev, "c", base: .init(hook, devices: ["host0"])))
        batch.add(set)
        batch.add([.init(key, timeout: .seconds(60))], to: set)
        let selectors: [Nftables.Selector] =
            isIPv6
            ? [.ip6Source, .ip6Destination, .inetProtocol, .destinationPort]
            : [.ipSource, .ipDestination, .inetProtocol, .destinationPort]
        let rule = Nftables.Rule(.version(isIPv6 ? .v6 : .v4), .lookup(selectors, in: "blocked"), .counter, .drop)
        batch.append(rule, to: "c", of: .netdev)
        return batch
    }

    @Test(arguments: [Nftables.Hook.ingress, .egress], [false, true])
    func whatIsBlockedIsCountedAndItsNeighbourPasses(hook: Nftables.Hook, isIPv6: Bool) throws {
        let pair = try Pair()
        let (host, container) = (Pair.hostAddresses[isIPv6 ? 1 : 0], Pair.containerAddresses[isIPv6 ? 1 : 0])
        let isOut = hook == .ingress
        let (source, destination) = isOut ? (container, host) : (host, container)
        let (near, far) = (pair.host.namespace, pair.container)
        let sender = try pair.socket(in: isOut ? far : near, isIPv6: isIPv6)
        let blocked = try pair.socket(in: isOut ? near : far, isIPv6: isIPv6, port: 5000)
        let other = try pair.socket(in: isOut ? near : far, isIPv6: isIPv6, port: 5001)
        #expect(sender.reaches(blocked, at: destination, port: 5000))

        try pair.host.socket.commit(Self.block(hook, isIPv6: isIPv6, Self.key(source, destination, port: 5000)))
        for _ in 0..<3 { sender.send(to: destination, port: 5000) }
        sender.send(to: destination, port: 5001)
        #expect(other.receives(within: 5000))
        #expect(try Self.packets(pair.host, of: "c", .netdev, wanted: 3) == 3)
        #expect(!blocked.receives(within: 100))
        let contents = try #require(try pair.host.socket.dumpContents(.netdev))
        // One octet, UDP, IP, and what leaves has its Ethernet header already.
        let length: UInt64 = 1 + 8 + (isIPv6 ? 40 : 20) + (isOut ? 0 : 14)
        #expect(contents.elements["blocked"]?.first?.counter == .init(packets: 3, bytes: 3 * length))

        try pair.host.commit { $0.deleteTable(.netdev) }
        sender.send(to: destination, port: 5000)
        #expect(blocked.receives(within: 5000))
    }

    @Test func whatIsDroppedOnTheWayOutFailsAtTheSender() throws {
        let pair = try Pair()
        let (host, container) = (Pair.hostAddresses[0], Pair.containerAddresses[0])
        try pair.host.commit { (batch) in
            batch.add(Nftables.Table(.inet))
            batch.add(Nftables.Chain(.inet, "c", base: .init(.output)))
            let rule = Nftables.Rule(
                .version(.v4),
                .match(.ipDestination, .address(container)),
                .inetProtocol(17),
                .match(.destinationPort, .ports(5000...5010)),
                .counter,
                .drop
            )
            batch.append(rule, to: "c", of: .inet)
        }
        let sender = try pair.socket(in: pair.host.namespace, isIPv6: false)
        let receiver = try pair.socket(in: pair.container, isIPv6: false, port: 4998)
        #expect(sender.reaches(receiver, at: container, port: 4998))
        #expect(sender.send(to: container, port: 4999) == 0 && sender.send(to: container, port: 5011) == 0)
        #expect(sender.send(to: container, port: 5000) == EPERM && sender.send(to: container, port: 5010) == EPERM)
        #expect(sender.send(to: host, port: 5000) == 0)
        #expect(try Self.packets(pair.host, of: "c", .inet, wanted: 2) == 2)
    }

    @Test func anAddressWithinATunnelIsFound() throws {
        let pair = try Pair()
        let inner = try #require(IPAddress("10.244.1.2"))
        try pair.host.commit { (batch) in
            batch.add(Nftables.Table(.inet))
            batch.add(Nftables.Chain(.inet, "c", base: .init(.output)))
            let set = Nftables.Set(.inet, "inner", key: [.ipv4])
            batch.add(set)
            batch.add([.init(.init(.address(inner)))], to: set)
            let rule = Nftables.Rule(
                .inetProtocol(17),
                .match(.destinationPort, .port(4789)),
                .lookup([.inner(.ipv4, offset: 34)], in: "inner"),
                .counter,
                .drop
            )
            batch.append(rule, to: "c", of: .inet)
        }
        let sender = try pair.socket(in: pair.host.namespace, isIPv6: false)
        // VXLAN and Ethernet headers, and an IPv4 header as far as its source.
        let header = [UInt8](repeating: 0, count: 34)
        let container = Pair.containerAddresses[0]
        #expect(sender.send(header + [10, 244, 1, 2, 0, 0, 0, 0], to: container, port: 4789) == EPERM)
        #expect(sender.send(header + [10, 244, 1, 3, 0, 0, 0, 0], to: container, port: 4789) == 0)
        #expect(sender.send(header, to: container, port: 4789) == 0)
        #expect(try Self.packets(pair.host, of: "c", .inet, wanted: 1) == 1)
    }

    @Test func aMapDecidesByPort() throws {
        let pair = try Pair()
        try pair.host.commit { (batch) in
            batch.add(Nftables.Table(.inet))
            batch.add(Nftables.Chain(.inet, "aside"))
            batch.append(.init(.counter, .drop), to: "aside", of: .inet)
            batch.add(Nftables.Chain(.inet, "c", base: .init(.output)))
            let map = Nftables.Set(.inet, "ports", key: [.inetService], isVerdictMap: true)
            batch.add(map)
            batch.add(
                [
                    .init(.init(.port(80)), verdict: .drop), .init(.init(.port(81)), verdict: .jump(to: "aside")),
                    .init(.init(.port(82)), verdict: .accept),
                ],
                to: map
            )
            batch.append(.init(.inetProtocol(17), .verdict(of: [.destinationPort], in: "ports")), to: "c", of: .inet)
        }
        let sender = try pair.socket(in: pair.host.namespace, isIPv6: false)
        let codes = [80, 81, 82, 83].map { sender.send(to: Pair.containerAddresses[0], port: $0) }
        #expect(codes == [EPERM, EPERM, 0, 0])
        #expect(try Self.packets(pair.host, of: "aside", .inet, wanted: 1) == 1)
    }

    @Test func devicesComeAndGo() throws {
        let pair = try Pair()
        let chain = Nftables.Chain(.netdev, "c", base: .init(.ingress, devices: ["lo"]))
        try pair.host.commit { (batch) in
            batch.add(Nftables.Table(.netdev))
            batch.add(chain)
            batch.append(.init(.inetProtocol(17), .counter, .drop), to: "c", of: .netdev)
        }
        let sender = try pair.socket(in: pair.container, isIPv6: false)
        let receiver = try pair.socket(in: pair.host.namespace, isIPv6: false, port: 5000)
        #expect(sender.reaches(receiver, at: Pair.hostAddresses[0], port: 5000))
        try pair.host.commit { $0.add(devices: ["host0"], to: chain) }
        #expect(try pair.host.socket.dumpChains(.netdev).first?.base?.devices == ["host0", "lo"])
        sender.send(to: Pair.hostAddresses[0], port: 5000)
        #expect(try Self.packets(pair.host, of: "c", .netdev, wanted: 1) == 1 && !receiver.receives(within: 100))
        try pair.host.commit { $0.delete(devices: ["host0"], from: chain) }
        #expect(try pair.host.socket.dumpChains(.netdev).first?.base?.devices == ["lo"])
        sender.send(to: Pair.hostAddresses[0], port: 5000)
        #expect(receiver.receives(within: 5000))
    }
}
