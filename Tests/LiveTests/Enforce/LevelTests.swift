import Support
import Testing

extension Live {
    /// Levels of sensitivity, kept apart in the kernel.
    @Suite("Levels that are enforced", .needs(.nodes))
    struct LevelTests {
        /// Three pods, of which one is restricted, and one other may call it at one port.
        private struct Host {
            let lab: KernelLab
            let agent: WatchedAgent
            let web: Pod
            let vault: Pod
            let other: Pod

            init(mode: String) throws {
                lab = try KernelLab(pods: 0, nodes: ["node-a"])
                let pods = try lab.start(
                    (0..<3).map { _ in
                        var request = PodRequest(on: "node-a")
                        request.ports = [7000, 7001]
                        return request
                    }
                )
                (web, vault, other) = (pods[0], pods[1], pods[2])
                try Self.write(mode, pods, on: lab.nodes[0])
                agent = try WatchedAgent(on: lab.nodes[0], "--config", "/run/portolan.yaml")
                try agent.wait("all are kept apart") { [agent, pods] in
                    let rules = try agent.node.output(of: "nft", "list", "ruleset")
                    return pods.allSatisfy { pod in pod.veths.allSatisfy { rules.contains($0) } }
                }
            }

            static func write(_ mode: String, _ pods: [Pod], on node: Node) throws {
                try node.shell(
                    """
                    cat >/run/portolan.yaml <<END
                    enforcement: {mode: \(mode)}
                    policy:
                      sensitivity:
                        rules:
                          - {level: internal, cidr: \(pods[0].address)/32}
                          - {level: restricted, cidr: \(pods[1].address)/32}
                          - {level: public, cidr: \(pods[2].address)/32}
                      interfaces:
                        - {from: internal, to: restricted, protocol: tcp, ports: [7000]}
                    END
                    """
                )
            }
        }

        @Test func inEnforceOnlyWhatIsDeclaredGoesThrough() throws {
            let host = try Host(mode: "enforce")
            #expect(try Probe(host.web).reaches(host.vault.address))
            #expect(try !Probe(host.web).reaches(host.vault.address, 7001))
            #expect(try !Probe(host.other).reaches(host.vault.address))
            #expect(try !Probe(host.vault).reaches(host.web.address))
            #expect(host.agent.running.errors.contains("nothing can be blocked") == false)
            // People's blocks stand beside it, and go without it.
            let number = try host.agent.blocked(host.web.app, "--to", host.vault.address)
            #expect(try !Probe(host.web).reaches(host.vault.address))
            #expect(try host.agent.unblock(number).status == 0)
            #expect(try Probe(host.web).reaches(host.vault.address))
            // Panic is of this, too; and a reload puts it back.
            #expect(try host.agent.node.runPortolan("panic", "--yes", "--socket", host.agent.socket).status == 0)
            #expect(try host.agent.tables == "")
            #expect(try Probe(host.other).reaches(host.vault.address))
            #expect(try host.agent.curl("/v1/reload", "-X", "POST").status == 0)
            try host.agent.wait("all are kept apart") { try host.agent.tables != "" }
            #expect(try !Probe(host.other).reaches(host.vault.address))
        }

        @Test func inObserveItIsCountedAndGoesOn() throws {
            let host = try Host(mode: "observe")
            #expect(try Probe(host.other).reaches(host.vault.address))
            #expect(try Probe(host.web).reaches(host.vault.address, 7001))
            let rules = try host.agent.node.output(of: "nft", "list", "ruleset")
            let veth = try #require(host.other.veths.first)
            #expect(rules.contains(try Regex("\"\(veth)\" counter packets [1-9]")), "\(rules)")
        }
    }
}
