import Glibc
import Support
import Testing

extension Live {
    /// Blocks on the ways that go past a bridge: overlays, the host, its network, and a device of a container's own.
    @Suite("Blocks on every way", .needs(.nodes))
    struct PathTests {
        /// Waits until an agent knows these containers, each by its identifier.
        private func wait(for identifiers: [String], _ agent: WatchedAgent) throws {
            try agent.wait("all are here") {
                Set(try agent.records("/v1/containers").compactMap { $0["container.id"] }).isSuperset(of: identifiers)
            }
        }

        @Test func bothOverlaysAreCaughtAtTheSender() throws {
            let lab = try KernelLab(pods: 4)
            let near = lab.pods.filter { $0.node === lab.nodes[0] }
            let far = try #require(lab.pods.first { $0.node === lab.nodes[1] && $0.addresses.count > 1 })
            let web = try #require(near.first { $0.addresses.count > 1 })
            let friend = try #require(near.first { $0 !== web })
            let agent = try WatchedAgent(on: lab.nodes[0])
            try wait(for: near.map(\.app), agent)
            // Its first address is behind the routed overlay, the second on a layer-2 segment.
            for address in far.addresses {
                #expect(try Probe(web).reaches(address))
                let number = try agent.blocked(web.app, "--to", address, "--protocol", "udp", "--port", "7000")
                #expect(try !Probe(web).reaches(address, 7000, .udp))
                #expect(try Probe(web).reaches(address))
                #expect(try agent.unblock(number).status == 0)
                #expect(try Probe(web).reaches(address, 7000, .udp))
            }
            _ = try agent.blocked(web.app, "--to", far.addresses[0])
            #expect(try !Probe(web).reaches(far.addresses[0]))
            #expect(try Probe(web).reaches(far.addresses[1]))
            #expect(try Probe(friend).reaches(far.addresses[0]))
            // What comes from there goes in and its answers do not come out: no port is named.
            #expect(try !Probe(far).reaches(web.addresses[0]))
            #expect(agent.said("fail_open") == 0)
        }

        @Test func anAddressAloneIsBlockedWhoeverTalksWithIt() throws {
            let lab = try KernelLab(pods: 4)
            let near = lab.pods.filter { $0.node === lab.nodes[0] }
            let far = lab.pods.filter { $0.node === lab.nodes[1] }
            let agent = try WatchedAgent(on: lab.nodes[0])
            try wait(for: near.map(\.app), agent)
            let number = try agent.blocked("--address", far[0].address)
            for pod in near {
                #expect(try !Probe(pod).reaches(far[0].address))
                #expect(try Probe(pod).reaches(far[1].address))
            }
            #expect(try !Probe(far[0]).reaches(near[0].address))
            #expect(try !Probe(lab.nodes[0]).reaches(far[0].address))
            #expect(try agent.unblock(number).status == 0)
            #expect(try Probe(near[0]).reaches(far[0].address))
        }
    }

    /// The same with what only Docker makes.
    @Suite("Blocks on every way that Docker makes", .needs(.docker))
    struct DockerPathTests {
        private static let web = ["httpd", "-f", "-p", "80", "-h", "/www"]

        private func fetches(_ docker: Docker, _ name: String, _ address: String) throws -> Bool {
            try docker.node.run(
                ["docker", "exec", name, "timeout", "1", "wget", "-q", "-O", "/dev/null", "http://\(address)/"]
            ).status == 0
        }

        @Test func theHostsNetworkAndAMacvlanAreBlockedWhereTheyAre() throws {
            let lab = try DockerLab()
            let docker = lab.docker
            let shop = try docker.run("shop", command: Self.web)
            let other = try docker.run("other", command: Self.web)
            _ = try docker.run("hosted", "--network", "host")
            _ = try docker.run("neighbour", "--network", "host")
            let agent = try WatchedAgent(on: lab.node)
            try agent.wait("all are known by name") {
                let here = try agent.records("/v1/containers").compactMap { $0["container.name"] }
                return Set(here).isSuperset(of: ["shop", "other", "hosted", "neighbour"])
            }
            #expect(try fetches(docker, "hosted", shop.address))
            let number = try agent.blocked("hosted", "--to", shop.address)
            #expect(try !fetches(docker, "hosted", shop.address))
            #expect(try fetches(docker, "hosted", other.address))
            #expect(try fetches(docker, "neighbour", shop.address))
            #expect(
                try lab.node.run("curl", "-sS", "--max-time", "1", "-o", "/dev/null", "http://\(shop.address)/").status
                    == 0
            )
            #expect(try agent.unblock(number).status == 0)
            #expect(try fetches(docker, "hosted", shop.address))

            try docker.docker(
                "network",
                "create",
                "-d",
                "macvlan",
                "--subnet",
                "172.30.0.0/24",
                "-o",
                "parent=docker0",
                "flat"
            )
            let far = try docker.run("far", "--network", "flat", command: Self.web)
            let last = try docker.run("last", "--network", "flat", command: Self.web)
            let flat = try docker.run("flat", "--network", "flat")
            try agent.wait("they are known by name") {
                let here = try agent.records("/v1/containers").compactMap { $0["container.name"] }
                return Set(here).isSuperset(of: ["far", "last", "flat"])
            }
            #expect(try fetches(docker, "flat", far.address))
            let inside = try agent.blocked("flat", "--to", far.address)
            #expect(try !fetches(docker, "flat", far.address))
            #expect(try fetches(docker, "flat", last.address))
            #expect(try agent.tables == "")
            let enter = ["nsenter", "--net", "-t", "\(flat.process)", "nft", "list", "tables"]
            func ours() throws -> [Substring] {
                try lab.node.output(of: enter).split(separator: "\n").filter { $0.contains("portolan") }
            }
            #expect(try ours() == ["table inet portolan"])
            #expect(try agent.node.runPortolan("panic", "--yes", "--socket", agent.socket).status == 0)
            #expect(try ours().isEmpty)
            #expect(try fetches(docker, "flat", far.address))
            #expect(!inside.isEmpty)
            // Nothing of ours keeps its namespace alive.
            try docker.docker("rm", "-f", "flat")
            #expect(agent.said("fail_open") == 0)
        }
    }
}
