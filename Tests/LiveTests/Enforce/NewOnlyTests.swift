import Support
import Testing

extension Live {
    /// `--new-only`, on every way: what stands goes on, what begins is stopped, and what is left open is what Docs/Commands/block.md says.
    @Suite("Blocks of what begins", .needs(.nodes))
    struct NewOnlyTests {
        /// TCP is told by its flags, so it is caught on every way; the rest where the host's conntrack sees it.
        private func isCaught(_ kind: Reach.Target.Kind, _ way: PathLab.Way, _ bridgesCallIPTables: Int) -> Bool {
            kind == .tcp || !way.staysOnBridge || bridgesCallIPTables == 1
        }

        /// UDP datagrams that were delivered in a namespace. RFC 4113
        private static let datagrams = """
            names, values = [line.split() for line in open("/proc/net/snmp") if line.startswith("Udp:")]
            print(values[names.index("InDatagrams")])
            """

        @Test(arguments: [1, 0])
        func whatStandsGoesOnAndWhatBeginsStops(bridgesCallIPTables: Int) throws {
            let paths = try PathLab()
            try paths.haveBridgesCallIPTables(bridgesCallIPTables)
            // As in any container on a network of Docker's with a resolver: conntrack is there before the block is.
            for flat in paths.flats {
                try flat.shell(
                    "nft 'table inet nat { chain c { type nat hook output priority 0; oif \"lo\" dnat ip to 127.0.0.1; }; }'"
                )
            }
            let ways = paths.ways
            let groups = Dictionary(grouping: ways) { $0.source.name }.values.map { group in
                (
                    place: Reach(group[0].source), ways: group,
                    targets: group.flatMap { Reach.Target.all($0.destination) }
                )
            }
            for group in groups { #expect(try group.place.silent(group.targets).isEmpty, "before") }
            let talks = try groups.map { try $0.place.talk($0.targets) }
            let orders = ways.flatMap { way in
                way.protocols.map { [way.source.app, "--to", way.destination, "--new-only", "--protocol"] + $0 }
            }
            let given = try paths.agent.blocked(each: orders)

            for group in groups {
                let passed = try group.place.answers(group.targets, within: 0.6)
                for way in group.ways {
                    for target in Reach.Target.all(way.destination) {
                        let isOpen = !isCaught(target.kind, way, bridgesCallIPTables)
                        #expect(
                            passed.contains(target) == isOpen,
                            "\(way.name), \(target): \(isOpen ? "open" : "caught")"
                        )
                    }
                }
                // What others begin goes on, and is answered.
                for way in group.ways where way.source === paths.web {
                    #expect(try Reach(paths.friend).silent(Reach.Target.all(way.destination)).isEmpty, "\(way.name)")
                }
            }
            for other in [paths.fars[0], paths.shop] {
                let own = Reach.Target.all(paths.web.addresses[0]) + Reach.Target.all(paths.web.addresses[1])
                #expect(try Reach(other).silent(own).isEmpty, "what \(other.name) begins")
            }
            for (group, talk) in zip(groups, talks) {
                for (target, talked) in zip(group.targets, try group.place.talked(talk)) {
                    #expect(talked.wentOn, "\(target): \(talked)")
                }
            }
            let expected = ways.flatMap { way in
                Reach.Target.Kind.allCases.map { isCaught($0, way, bridgesCallIPTables) }
            }
            // Counted a moment later.
            var counted: [Bool] = []
            try paths.agent.wait("all are counted") {
                let blocks = try paths.agent.blocks()
                counted = given.map { number in
                    let block = blocks.first { $0["portolan.block.id"] == number }
                    return UInt64(block?["portolan.block.packets"] ?? "") ?? 0 > 0
                }
                return zip(counted, expected).allSatisfy { $0 || !$1 }
            }
            #expect(counted == expected)
            #expect(try paths.agent.unblock(each: given))
            for group in groups { #expect(try group.place.silent(group.targets).isEmpty, "after") }
            #expect(paths.agent.said("fail_open") == 0, "\(paths.agent.running.errors)")
        }

        /// What the preview says is left open, and a source that is forged.
        @Test func whatIsLeftOpenIsSaidFirst() throws {
            let lab = try KernelLab(pods: 2, nodes: ["node-a"])
            let (web, shop) = (lab.pods[0], lab.pods[1])
            let agent = try WatchedAgent(on: lab.nodes[0])
            try agent.wait("both are here") {
                Set(try agent.records("/v1/containers").compactMap { $0["container.id"] }).isSuperset(of: [
                    web.app, shop.app,
                ])
            }
            func preview(_ kind: String) throws -> String {
                try agent.node.runPortolan(
                    "block",
                    web.app,
                    "--to",
                    "10.244.16.1",
                    "--protocol",
                    kind,
                    "--new-only",
                    "--preview",
                    "--socket",
                    agent.socket
                ).output
            }
            #expect(try !preview("tcp").contains("conntrack"))
            let said = try preview("udp")
            #expect(said.contains("bridge-nf-call-iptables") && said.contains("forge"), "\(said)")
            // And so it is: under another's address what begins passes, but for TCP.
            func datagrams() throws -> Int {
                let counts = try shop.output(of: "/usr/bin/python3", "-c", Self.datagrams)
                return Int(counts) ?? -1
            }
            let number = try agent.blocked(web.app, "--to", shop.address, "--new-only")
            let before = try datagrams()
            #expect(try Reach(web).answers(Reach.Target.all(shop.address), within: 0.6).isEmpty)
            #expect(try datagrams() == before)
            try lab.forge(from: web, source: "10.244.16.77", to: Endpoint(shop.address), count: 3)
            try agent.wait("they are delivered") { try datagrams() == before + 3 }
            #expect(try agent.unblock(number).status == 0)
        }

        /// Where nothing was tracked before the block, conntrack takes what stands for new.
        @Test func whereNothingWasTrackedBeforeOnlyTCPGoesOn() throws {
            let lab = try KernelLab(pods: 2, nodes: ["node-a", "node-b"])
            let web = try #require(lab.pod(on: lab.nodes[0]))
            let far = try #require(lab.pod(on: lab.nodes[1]))
            let agent = try WatchedAgent(on: lab.nodes[0])
            try agent.wait("it is here") {
                try agent.records("/v1/containers").contains { $0["container.id"] == web.app }
            }
            let targets = Reach.Target.all(far.address)
            #expect(try Reach(web).silent(targets).isEmpty)
            let talk = try Reach(web).talk(targets)
            let number = try agent.blocked(web.app, "--to", far.address, "--new-only")
            #expect(try Reach(web).answers(targets, within: 1).isEmpty)
            let talked = try Reach(web).talked(talk)
            #expect(talked[0].wentOn, "\(talked)")
            #expect(talked.dropFirst().allSatisfy { $0.answered < $0.asked && $0.silence > 0.9 }, "\(talked)")
            #expect(try agent.unblock(number).status == 0)
            #expect(try Reach(web).silent(targets).isEmpty)
        }
    }

    /// The same on the host's network, where a container is known by its control group.
    @Suite("Blocks of what begins on the host's network", .needs(.docker))
    struct HostedNewOnlyTests {
        @Test func whatStandsGoesOnAndWhatBeginsStops() throws {
            let lab = try DockerLab()
            let node = lab.node
            let hosted = try lab.docker.run("hosted", "--network", "host")
            let servers = try [lab.outside, node].map { try Reach($0).serve(7000, 7001) }
            let agent = try WatchedAgent(on: node)
            try agent.wait("it is known by name") {
                try agent.records("/v1/containers").contains { $0["container.name"] == "hosted" }
            }
            // What asks stands in the container's control group of the v2 hierarchy, beside or instead of v1.
            var inside = Reach(node)
            let join = """
                group=$(sed -n 's/^0:://p' /proc/\(hosted.process)/cgroup)
                for root in /sys/fs/cgroup/unified /sys/fs/cgroup; do
                    [ ! -e "$root$group/cgroup.procs" ] || { echo 0 >"$root$group/cgroup.procs"; exec "$@"; }
                done
                exit 9
                """
            inside.entry = ["sh", "-c", join, "sh"]
            let targets = Reach.Target.all(lab.outside.address)
            #expect(try inside.silent(targets).isEmpty)
            let talk = try inside.talk(targets)
            let number = try agent.blocked("hosted", "--to", lab.outside.address, "--new-only")
            #expect(try inside.answers(targets, within: 0.6).isEmpty)
            #expect(try inside.answers([.init(.tcp, lab.outside.address, 7001)], within: 0.6).isEmpty)
            // The host itself goes on, and so does what is begun from there.
            #expect(try Reach(node).silent(targets).isEmpty)
            #expect(try Reach(lab.outside).silent(Reach.Target.all(node.address)).isEmpty)
            for (target, talked) in zip(targets, try inside.talked(talk)) {
                #expect(talked.wentOn, "\(target): \(talked)")
            }
            #expect(try agent.unblock(number).status == 0)
            #expect(try inside.silent(targets).isEmpty)
            for server in servers { server.kill() }
        }
    }
}
