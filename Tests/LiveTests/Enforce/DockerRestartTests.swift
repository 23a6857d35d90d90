import Support
import Testing

extension Live {
    /// dockerd is started again while a block holds: with containers that live on, and with those that it stops and starts.
    @Suite("Blocks and dockerd's restart", .needs(.docker))
    struct DockerRestartTests {
        /// What iptables-save(8) lists, in any order: without counters, and when it was asked.
        private func rules(_ node: Node) throws -> [String] {
            let all = try node.output(of: "iptables-save")
            return all.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { String($0.prefix { $0 != "[" }) }
                .sorted()
        }

        @Test(arguments: [true, false])
        func dockersRulesComeAgainAndTheBlockStands(livesOn: Bool) throws {
            let lab = try Lab(nodes: ["docker", "outside"])
            let node = lab.nodes[0]
            let options = livesOn ? "--live-restore=true" : "--shutdown-timeout=1"
            let docker = try Docker(on: node, options)
            try docker.docker("network", "create", "--subnet", "172.29.0.0/24", "app")
            func run(_ name: String, _ address: String, _ options: String...) throws {
                let all = ["--network", "app", "--ip", address, "--restart", "always", "--stop-timeout", "1"] + options
                try docker.docker(["run", "-d", "--name", name] + all + [BoxImage.name])
            }
            try run("web", "172.29.0.10")
            try run("shop", "172.29.0.11", "-p", "8080:7000")
            try run("other", "172.29.0.12")
            func serve() throws -> [Running] {
                try ["shop", "other"].map { try Reach(node, process: docker.container($0).process).serve(7000, 7001) }
            }
            func web() throws -> Reach { Reach(node, process: try docker.container("web").process) }
            var servers = try serve()
            let (shop, other) = (Reach.Target.all("172.29.0.11"), Reach.Target.all("172.29.0.12"))
            let published = [Reach.Target(.tcp, node.address, 8080)]
            let agent = try WatchedAgent(on: node)
            func names() throws -> Set<String> {
                Set(try agent.records("/v1/containers").compactMap { $0["container.name"] })
            }
            try agent.wait("all are known by name") { try names().isSuperset(of: ["web", "shop", "other"]) }
            let number = try agent.blocked("web", "--to", "172.29.0.11")
            func holds() throws -> Bool { try agent.block(numbered: number)?["portolan.block.state"] == "holds" }
            let before = try rules(node)
            let process = try docker.container("web").process

            if livesOn {
                let sent = try web().send(to: "172.29.0.11", for: 6, every: 0.001) { try docker.restart() }
                #expect(sent.count > 1000)
                #expect(sent.count { $0.wasAnswered } == 0, "of \(sent.count)")
                #expect(try docker.container("web").process == process)
            } else {
                try docker.restart()
                try agent.wait("they run again") { try docker.container("web").process != 0 }
                #expect(try docker.container("web").process != process)
                // It goes with its container into the next run, as with any other restart.
                try agent.wait("it holds again", holds)
                for server in servers { server.kill() }
                servers = try serve()
            }
            #expect(try rules(node) == before)
            #expect(try web().answers(shop, within: 0.5).isEmpty)
            #expect(try web().silent(other).isEmpty)
            #expect(try Reach(lab.nodes[1]).silent(published).isEmpty)
            #expect(try holds())
            #expect(try names().isSuperset(of: ["web", "shop", "other"]))
            // Docker is heard again: of one that comes now the name is known, too.
            try run("late", "172.29.0.13")
            try agent.wait("the new one is known by name") { try names().contains("late") }
            let late = try agent.blocked("late", "--to", "172.29.0.11")
            #expect(try agent.unblock(each: [late, number]))
            #expect(try agent.tables == "")
            #expect(try web().silent(shop).isEmpty)
            #expect(agent.said("fail_open") == 0, "\(agent.running.errors)")
            for server in servers { server.kill() }
        }
    }
}
