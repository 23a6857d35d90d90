import Support
import Testing

extension Live {
    /// Blocks of real containers, which are started again, stopped, and come by name.
    @Suite("Blocks on a host with Docker", .needs(.docker))
    struct DockerBlockTests {
        private static let web = ["httpd", "-f", "-p", "80", "-h", "/www"]

        /// Whether a page comes from an address within a second.
        private func fetches(_ docker: Docker, _ name: String, _ address: String) throws -> Bool {
            try docker.node.run(
                ["docker", "exec", name, "timeout", "1", "wget", "-q", "-O", "/dev/null", "http://\(address)/"],
                within: .seconds(30)
            ).status == 0
        }

        /// The same by the published port, from a host beyond.
        private func fetchesFromOutside(_ lab: DockerLab) throws -> Bool {
            let address = "http://\(lab.node.address):8080/"
            return try lab.outside.run("curl", "-sS", "--max-time", "1", "-o", "/dev/null", address).status == 0
        }

        @Test func blocksGoWithTheirContainersAndLeaveDockersRulesAlone() throws {
            let lab = try DockerLab()
            let docker = lab.docker
            try docker.docker("network", "create", "--subnet", "172.29.0.0/24", "app")
            let shop = try docker.run("shop", "--network", "app", "-p", "8080:80", command: Self.web)
            let other = try docker.run("other", "--network", "app", command: Self.web)
            _ = try docker.run("web", "--network", "app")
            _ = try docker.run("friend", "--network", "app")
            func rules() throws -> String {
                let all = try lab.node.output(of: "iptables-save")
                // Counters and the time it was asked are no rules.
                return all.split(separator: "\n").filter { !$0.hasPrefix("#") }
                    .map { $0.prefix { $0 != "[" } }.joined(separator: "\n")
            }
            let before = try rules()
            let agent = try WatchedAgent(on: lab.node)
            try agent.wait("all are known by name") {
                let here = try agent.records("/v1/containers").compactMap { $0["container.name"] }
                return Set(here).isSuperset(of: ["shop", "other", "web", "friend"])
            }
            #expect(try fetches(docker, "web", shop.address))
            let number = try agent.blocked("web", "--to", shop.address, "--protocol", "tcp", "--port", "80")
            #expect(try !fetches(docker, "web", shop.address))
            #expect(try fetches(docker, "web", other.address))
            #expect(try fetches(docker, "friend", shop.address))
            #expect(try fetchesFromOutside(lab))
            #expect(try rules() == before)

            // It goes with its container into the next run.
            try docker.docker("restart", "-t", "0", "web")
            try agent.wait("it holds again") { try agent.block(numbered: number)?["portolan.block.state"] == "holds" }
            #expect(try !fetches(docker, "web", shop.address))
            #expect(try fetches(docker, "web", other.address))

            // The published port from outside, too, when it is the server that is cut off.
            let closed = try agent.blocked("shop", "--quarantine")
            #expect(try !fetchesFromOutside(lab))
            #expect(try !fetches(docker, "friend", shop.address))
            #expect(try agent.unblock(closed).status == 0)
            #expect(try fetches(docker, "friend", shop.address))
            #expect(try fetchesFromOutside(lab))

            // A container that is gone leaves nothing.
            try docker.docker("rm", "-f", "web")
            try agent.wait("it waits") { try agent.block(numbered: number)?["portolan.block.state"] == "waiting" }
            #expect(try agent.tables == "")
            #expect(try rules() == before)
            #expect(agent.said("fail_open") == 0, "\(agent.running.errors)")
            #expect(agent.running.stop().status == 0)
        }
    }
}
