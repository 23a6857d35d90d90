import Support
import Testing

extension Live {
    /// Every way of the table in Docs/Enforcement.md: what is blocked on it stops, what is beside it goes on.
    @Suite("Blocks, way by way", .needs(.nodes))
    struct PathTableTests {
        /// Three blocks on each way, of TCP and UDP at one port and of ICMP, all in force at a time.
        @Test(arguments: [1, 0])
        func whatAContainerSendsStopsOnEveryWay(bridgesCallIPTables: Int) throws {
            let paths = try PathLab()
            try paths.haveBridgesCallIPTables(bridgesCallIPTables)
            let ways = paths.ways
            let sources = [paths.web, paths.flats[0]]
            func targets(_ source: Pod, _ list: (PathLab.Way) -> [Reach.Target]) -> [Reach.Target] {
                ways.filter { $0.source === source }.flatMap(list)
            }
            func blocked(_ source: Pod) -> [Reach.Target] { targets(source) { Reach.Target.all($0.destination) } }
            func beside(_ source: Pod) -> [Reach.Target] {
                targets(source) { way in
                    [.init(.tcp, way.destination, 7001), .init(.udp, way.destination, 7001)]
                        + Reach.Target.all(way.neighbour)
                }
            }
            func check(_ place: Pod, _ targets: [Reach.Target], _ what: String) throws {
                #expect(try Reach(place).silent(targets).isEmpty, "\(what): \(place.name)")
            }
            for source in sources { try check(source, blocked(source) + beside(source), "before") }

            var numbers: [(way: String, kind: String, block: String)] = []
            let orders = ways.flatMap { way in
                Reach.Target.Kind.allCases.map { kind in
                    let icmp = way.destination.contains(":") ? "ipv6-icmp" : "icmp"
                    let what = kind == .icmp ? [icmp] : [kind.rawValue, "--port", "7000"]
                    return (way.name, kind.rawValue, [way.source.app, "--to", way.destination, "--protocol"] + what)
                }
            }
            let given = try paths.agent.blocked(each: orders.map(\.2))
            for (order, block) in zip(orders, given) { numbers.append((order.0, order.1, block)) }

            for source in sources {
                let answers = try Reach(source).answers(blocked(source), within: 0.6)
                for target in answers { Issue.record("passed: \(source.name) \(target)") }
                try check(source, beside(source), "beside")
            }
            for friend in [paths.friend, paths.flats[1]] {
                let targets = ways.filter { $0.friend === friend }.flatMap { Reach.Target.all($0.destination) }
                try check(friend, targets, "another container")
            }
            // Each was asked once, and TCP asks again after a second.
            var counts: [String: String] = [:]
            try paths.agent.wait("all are counted") {
                let blocks = try paths.agent.blocks()
                counts = Dictionary(
                    blocks.map { ($0["portolan.block.id"] ?? "", $0["portolan.block.packets"] ?? "") }
                ) { $1 }
                return given.allSatisfy { counts[$0] ?? "0" != "0" }
            }
            for number in numbers { #expect(counts[number.block] == "1", "\(number.way) \(number.kind)") }
            #expect(try paths.agent.blocks().allSatisfy { $0["portolan.block.state"] == "holds" })
            #expect(try paths.agent.unblock(each: given))
            #expect(try paths.agent.tables == "")
            for source in sources { try check(source, blocked(source), "after") }
            // Namespaces of containers are opened by the one thread that may.
            #expect(paths.agent.said("Permission denied") == 0)
            #expect(paths.agent.said("fail_open") == 0, "\(paths.agent.running.errors)")
        }
    }
}
