import Foundation
import Support
import Testing

extension Live {
    /// What blocks need is not there: that is said in one clear line, and what is wrong is found all the same.
    @Suite("Blocks where something lacks", .needs(.nodes))
    struct LackTests {
        private static let scan = """
            import socket, sys
            for port in range(9100, 9130):
                with socket.socket() as door:
                    door.settimeout(0.3)
                    door.connect_ex((sys.argv[1], port))
            """

        /// A node with two pods and an agent, started by way of a program that takes something from it.
        private func host(through starter: [String]) throws -> (web: Pod, shop: Pod, agent: WatchedAgent) {
            let lab = try KernelLab(pods: 2, nodes: ["only"])
            let agent = try WatchedAgent(on: lab.nodes[0], through: starter)
            try agent.wait("both are here") {
                let here = try agent.records("/v1/containers").compactMap { $0["container.id"] }
                return Set(here).isSuperset(of: lab.pods.map(\.app))
            }
            return (lab.pods[0], lab.pods[1], agent)
        }

        /// A block is refused in one line that has these words, nothing of ours stands, the agent said so once, and finds a scan.
        private func expectRefusal(
            _ host: (web: Pod, shop: Pod, agent: WatchedAgent),
            _ words: String,
            logged: String
        ) throws {
            for _ in 0..<2 {
                let refused = try host.agent.block(host.web.app, "--to", host.shop.address)
                #expect(refused.status == 1, "\(refused.output)")
                let lines = refused.errors.split(separator: "\n")
                #expect(lines.count == 1 && refused.errors.contains(words), "\(refused.errors)")
            }
            #expect(try Probe(host.web).reaches(host.shop.address))
            #expect(try host.agent.blocks().isEmpty)
            #expect(host.agent.said(logged) == 1, "\(host.agent.running.errors)")
            let gateway = try #require(
                host.web.output(of: "ip", "route", "show", "default").split(separator: " ").dropFirst(2).first.map(
                    String.init
                )
            )
            try host.web.output(of: "/usr/bin/python3", "-c", Self.scan, gateway)
            try host.agent.wait("the scan is told") {
                try host.agent.records("/v1/alerts").contains { $0["rule.id"] == "scan.vertical" }
            }
            #expect(host.agent.running.isRunning)
            #expect(try host.agent.blocks(all: true).count == (logged.contains("owns") ? 2 : 0))
        }

        @Test func withoutTheRight() throws {
            let host = try host(through: ["setpriv", "--bounding-set", "-net_admin", "--inh-caps", "-net_admin"])
            try expectRefusal(host, "CAP_NET_ADMIN", logged: "CAP_NET_ADMIN")
            #expect(try host.agent.tables == "")
            // Who has no right himself, and no agent to ask, hears so, too.
            let powerless = [
                "setpriv", "--bounding-set", "-net_admin", "--inh-caps", "-net_admin", BuiltProgram.location.path,
            ]
            for asked in [["panic", "--yes"], ["blocks"]] {
                let outcome = try host.agent.node.run(powerless + asked)
                #expect(outcome.status == 4 && outcome.errors.contains("CAP_NET_ADMIN"), "\(asked) \(outcome.status)")
                #expect(outcome.errors.split(separator: "\n").count == 1, "\(outcome.errors)")
            }
            #expect(host.agent.running.stop().status == 0)
        }

        @Test func withoutNetfilterInTheKernel() throws {
            let program = SharedCaptures.project.appendingPathComponent("Tests/LiveTests/Programs/without.py").path
            let host = try host(through: ["/usr/bin/python3", program, "netfilter"])
            try expectRefusal(host, "nftables", logged: "nothing can be blocked")
            #expect(host.agent.running.stop().status == 0)
        }

        /// Somebody else's table has our name, and he keeps it for himself.
        @Test func whereAnotherOwnsTheTable() throws {
            let host = try host(through: [])
            let node = host.agent.node
            let owner = try node.start(
                "sh",
                "-c",
                """
                mkfifo /run/nft; exec 3<>/run/nft
                echo 'add table netdev portolan { flags owner; comment "theirs"; }' >&3
                exec nft -i <&3
                """
            )
            try host.agent.wait("it is theirs") { try host.agent.tables != "" }
            let theirs = try node.output(of: "nft", "list", "ruleset")
            try expectRefusal(host, "another process owns the table portolan", logged: "another process owns")
            #expect(try node.output(of: "nft", "list", "ruleset") == theirs)
            let panic = try node.runPortolan("panic", "--yes", "--socket", host.agent.socket)
            #expect(panic.status == 1 && panic.errors.contains("own"), "\(panic.status) \(panic.errors)")
            #expect(try node.output(of: "nft", "list", "ruleset") == theirs)
            // When he lets go, it is ours.
            owner.kill()
            try host.agent.wait("his table has gone with him") { try host.agent.tables == "" }
            if host.agent.running.isRunning {
                _ = try host.agent.blocked(host.web.app, "--to", host.shop.address)
                #expect(try !Probe(host.web).reaches(host.shop.address))
            }
        }
    }
}
