import Support
import Testing

extension Live {
    /// The other direction: what comes to a container, on every way there is.
    @Suite("Blocks of what is received, way by way", .needs(.nodes))
    struct ReceivingTests {
        /// A way on which somebody reaches a container.
        private struct Way {
            var name: String
            var source: any Place
            /// Its address, as the container sees it.
            var from: String
            var target: Pod
            /// What it asks of the container, and what it asks of another one.
            var asked: [Reach.Target]
            var beside: [Reach.Target]
        }

        private func ways(_ paths: PathLab) -> [Way] {
            let (vault, other, shop, far) = (paths.vault, paths.other, paths.shop, paths.fars[0])
            func way(_ name: String, _ source: any Place, _ from: String, _ address: String, _ other: String) -> Way {
                Way(
                    name: name,
                    source: source,
                    from: from,
                    target: vault,
                    asked: Reach.Target.all(address),
                    beside: Reach.Target.all(other)
                )
            }
            func published(_ name: String, _ from: String, _ address: String) -> Way {
                Way(
                    name: name,
                    source: paths.outside,
                    from: from,
                    target: vault,
                    asked: [.init(.tcp, address, 8080), .init(.udp, address, 8080)],
                    beside: Reach.Target.all(address)
                )
            }
            func flat(_ name: String, _ from: String, _ address: String, _ other: String) -> Way {
                var way = way(name, paths.outside, from, address, other)
                way.target = paths.flats[0]
                return way
            }
            return [
                way("same bridge", shop, shop.addresses[0], vault.addresses[0], other.addresses[0]),
                way("bridge without an address", shop, shop.addresses[1], vault.addresses[1], other.addresses[1]),
                way("other bridge", paths.sides[0], "10.46.0.2", vault.addresses[0], other.addresses[0]),
                way("host", paths.host, "10.244.16.1", vault.addresses[0], other.addresses[0]),
                way("routed overlay", far, far.addresses[0], vault.addresses[0], other.addresses[0]),
                way("bridged overlay", far, far.addresses[1], vault.addresses[1], other.addresses[1]),
                published("published port", "10.89.0.2", "10.89.0.1"),
                flat("macvlan", "10.89.0.2", "10.89.0.51", "10.89.0.52"),
                way("same bridge, IPv6", shop, "fd00:1::4", "fd00:1::6", "fd00:1::5"),
                way("host, IPv6", paths.host, "fd00:1::1", "fd00:1::6", "fd00:1::5"),
                way("routed overlay, IPv6", far, "fd00:2::2", "fd00:1::6", "fd00:1::5"),
                way("bridged overlay, IPv6", far, "fd00:45::11", "fd00:45::5", "fd00:45::4"),
                published("published port, IPv6", "fd00:89::2", "fd00:89::1"),
                flat("macvlan, IPv6", "fd00:89::2", "fd00:89::51", "fd00:89::52"),
            ]
        }

        /// How many TCP segments, UDP datagrams and echo requests a pod was given since it began.
        private func delivered(to pod: Pod) throws -> [Int] {
            let script = """
                import re
                old = open("/proc/net/snmp").read()
                new = open("/proc/net/snmp6").read()
                def of(layer, name):
                    names, values = (line.split() for line in re.findall(f"^{layer}: .*", old, re.M))
                    return int(values[names.index(name)])
                def of6(name): return int(re.search(f"^{name}\\\\s+(\\\\d+)", new, re.M)[1])
                print(of("Tcp", "InSegs"), of("Udp", "InDatagrams") + of6("Udp6InDatagrams"),
                      of("Icmp", "InEchos") + of6("Icmp6InEchos"))
                """
            return try pod.output(of: "/usr/bin/python3", "-c", script).split(separator: " ").compactMap { Int($0) }
        }

        @Test(arguments: [1, 0])
        func nothingIsDeliveredWhereBothDirectionsAreBlocked(bridgesCallIPTables: Int) throws {
            let paths = try PathLab()
            try paths.haveBridgesCallIPTables(bridgesCallIPTables)
            let ways = ways(paths)
            let targets = [paths.vault, paths.flats[0]]
            func orders(_ options: String...) -> [[String]] {
                ways.map { [$0.target.app, "--to", $0.from] + options }
            }
            // Each source asks once, on all its ways.
            let groups = Dictionary(grouping: ways) { $0.source.name }.values
            func passing() throws -> [Reach.Target] {
                try groups.flatMap { group in
                    try Reach(group[0].source).answers(group.flatMap(\.asked), within: 0.5)
                }
            }
            func check(_ what: String, _ targets: (Way) -> [Reach.Target]) throws {
                for group in groups {
                    #expect(try Reach(group[0].source).silent(group.flatMap(targets)).isEmpty, "\(what)")
                }
            }
            try check("before") { $0.asked + $0.beside }

            // One direction: it hears, and is not heard.
            var before = try targets.map(delivered)
            var given = try paths.agent.blocked(each: orders())
            #expect(try passing() == [])
            for (old, new) in zip(before, try targets.map(delivered)) {
                #expect(zip(old, new).allSatisfy { $0 < $1 }, "\(old) \(new)")
            }
            #expect(try paths.agent.unblock(each: given))

            given = try paths.agent.blocked(each: orders("--both"))
            before = try targets.map(delivered)
            #expect(try passing() == [])
            #expect(try targets.map(delivered) == before)
            try check("another container") { $0.beside }
            // Others reach it on the same ways, also when all neighbours are to be found anew: by way of the blocked gateway, too.
            try paths.vault.shell("ip -6 neigh flush all")
            let here = Reach.Target.all("10.244.16.6") + Reach.Target.all("fd00:1::6")
            let segment = Reach.Target.all("10.45.0.5") + Reach.Target.all("fd00:45::5")
            for other in [paths.friend, paths.fars[1]] {
                #expect(try Reach(other).silent(here + segment).isEmpty, "another source: \(other.name)")
            }
            #expect(try Reach(paths.sides[1]).silent(Reach.Target.all("10.244.16.6")).isEmpty)
            // It is cut off from all of them as well, and goes on with others.
            let ends = ways.filter { $0.target === paths.vault }.flatMap { Reach.Target.all($0.from) }
            #expect(try Reach(paths.vault).answers(ends, within: 0.3).isEmpty)
            #expect(try Reach(paths.vault).silent(Reach.Target.all("10.89.0.102")).isEmpty)
            try paths.agent.wait("all are counted") {
                let blocks = try paths.agent.blocks()
                return zip(ways, given).allSatisfy { way, number in
                    let block = blocks.first { $0["portolan.block.id"] == number }
                    return UInt64(block?["portolan.block.packets"] ?? "") ?? 0 >= way.asked.count
                }
            }
            #expect(try paths.agent.unblock(each: given))
            #expect(try paths.agent.tables == "")
            try check("after") { $0.asked }
            #expect(paths.agent.said("fail_open") == 0, "\(paths.agent.running.errors)")
        }
    }
}
