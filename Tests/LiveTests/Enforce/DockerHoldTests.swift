import Support
import Testing

extension Live {
    /// Levels that go by what only Docker tells, from a container's first packet.
    @Suite("Held until it is known, on a host with Docker", .needs(.docker))
    struct DockerHoldTests {
        /// How a container ends that does nothing but fetch a page, from its first moment, for some seconds.
        private static func fetch(
            _ docker: Docker,
            _ name: String,
            _ options: [String],
            from address: String
        ) throws -> Bool {
            let command = ["docker", "run", "--rm", "--name", name, "--network", "app"] + options + [BoxImage.name]
            // The first process of a container does not heed timeout's signal.
            let fetch = ["sh", "-c", "timeout 6 wget -q -O /dev/null http://\(address)/; exit $?"]
            return try docker.node.run(command + fetch, within: .seconds(60)).status == 0
        }

        @Test func levelsByNameAndLabelHoldFromTheFirstPacket() throws {
            let lab = try DockerLab()
            let docker = lab.docker
            let bridge = "com.docker.network.bridge.name=br-app"
            try docker.docker("network", "create", "--subnet", "172.29.0.0/24", "-o", bridge, "app")
            let vault = try docker.run("vault", "--network", "app", command: ["httpd", "-f", "-p", "80", "-h", "/www"])
            try lab.node.shell(
                """
                cat >/run/portolan.yaml <<END
                enforcement: {mode: enforce, hold_unknown: [br-app]}
                policy:
                  sensitivity:
                    rules:
                      - {level: restricted, name: vault}
                      - {level: internal, label: tier=api}
                      - {level: public, name: "web*"}
                  trusted_labels: [tier]
                  interfaces:
                    - {from: internal, to: restricted, protocol: tcp, ports: [80]}
                END
                """
            )
            let agent = try WatchedAgent(on: lab.node, "--config", "/run/portolan.yaml")
            try agent.wait("levels stand") {
                try lab.node.output(of: "nft", "list", "ruleset").contains("sending_by_level")
            }
            for round in 0..<3 {
                #expect(try !Self.fetch(docker, "web-\(round)", [], from: vault.address))
                #expect(try Self.fetch(docker, "api-\(round)", ["--label", "tier=api"], from: vault.address))
            }
            #expect(agent.said("is let through after") == 0, "\(agent.running.errors)")
            let status = try agent.node.runPortolan("status", "--socket", agent.socket)
            #expect(status.output.contains("0 devices held until they are known"), "\(status.output)")
            #expect(agent.running.stop().status == 0)
        }
    }
}
