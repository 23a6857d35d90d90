import Support
import Testing

extension Live {
    /// Blocks on an overlay of Docker's, whose bridge and VXLAN device lie in a network namespace that Docker hides.
    @Suite("Blocks on a Docker overlay", .needs(.docker))
    struct OverlayBlockTests {
        /// Runs a command in the hidden namespace, which Docker names by the beginning of the network's identifier.
        private func inside(_ docker: Docker, _ script: String) throws -> String {
            let network = try docker.docker("network", "inspect", "-f", "{{.Id}}", SwarmLab.network).prefix(10)
            return try docker.node.shell("nsenter --net=/run/docker/netns/1-\(network) sh -ec \"$1\"", script)
        }

        @Test func whatAContainerSendsStopsHereAndThereAndItsNeighboursGoOn() throws {
            let lab = try SwarmLab()
            let node = lab.manager.node
            func run(_ docker: Docker, _ name: String) throws -> (reach: Reach, address: String) {
                let container = try docker.run(name, "--network", SwarmLab.network)
                let address = try #require(container.addresses[SwarmLab.network])
                return (Reach(docker.node, process: container.process), address)
            }
            let near = try run(lab.manager, "near")
            let friend = try run(lab.manager, "friend")
            let local = try ["local", "beside"].map { try run(lab.manager, $0) }
            let remote = try ["far", "last"].map { try run(lab.worker, $0) }
            let servers = try (local + remote + [near]).map { try $0.reach.serve(7000, 7001) }
            let agent = try WatchedAgent(on: node)
            try agent.wait("all are known by name") {
                let here = try agent.records("/v1/containers").compactMap { $0["container.name"] }
                return Set(here).isSuperset(of: ["near", "friend", "local", "beside"])
            }
            let ways = [(local[0].address, local[1].address), (remote[0].address, remote[1].address)]
            let asked = ways.flatMap { Reach.Target.all($0.0) }
            let beside = ways.flatMap {
                [.init(.tcp, $0.0, 7001), .init(.udp, $0.0, 7001)] + Reach.Target.all($0.1)
            }
            let orders = ways.flatMap { way in
                [["tcp", "--port", "7000"], ["udp", "--port", "7000"], ["icmp"]].map {
                    ["near", "--to", way.0, "--protocol"] + $0
                }
            }
            for value in [1, 0] {
                _ = try inside(lab.manager, "echo \(value) >/proc/sys/net/bridge/bridge-nf-call-iptables")
                #expect(try near.reach.silent(asked + beside).isEmpty, "before")
                let given = try agent.blocked(each: orders)
                #expect(try near.reach.answers(asked, within: 0.6).isEmpty)
                #expect(try near.reach.silent(beside).isEmpty, "beside")
                #expect(try friend.reach.silent(asked).isEmpty, "another container")
                #expect(try inside(lab.manager, "nft list tables").contains("table netdev portolan"))
                try agent.wait("all are counted") {
                    let blocks = try agent.blocks()
                    return given.allSatisfy { number in
                        blocks.contains {
                            $0["portolan.block.id"] == number && $0["portolan.block.packets"] == "1"
                        }
                    }
                }
                #expect(try agent.unblock(each: given))
                #expect(try !inside(lab.manager, "nft list tables").contains("portolan"))
                #expect(try agent.tables == "")
                #expect(try near.reach.silent(asked).isEmpty, "after")

                // Both directions, of everything.
                let sources = [friend.reach, local[0].reach, remote[0].reach]
                let quarantine = try agent.blocked("near", "--quarantine")
                for source in sources {
                    #expect(try source.answers(Reach.Target.all(near.address), within: 0.3).isEmpty)
                }
                #expect(try near.reach.answers(asked + beside, within: 0.3).isEmpty)
                #expect(try friend.reach.silent(asked + beside).isEmpty, "another container")
                #expect(try agent.unblock(quarantine).status == 0)
                for source in sources { #expect(try source.silent(Reach.Target.all(near.address)).isEmpty) }
            }
            #expect(agent.said("fail_open") == 0, "\(agent.running.errors)")
            for server in servers { server.kill() }
        }
    }
}
