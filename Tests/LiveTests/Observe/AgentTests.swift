import Foundation
import Support
import Testing

extension Live {
    /// An agent on a node, asked over its socket by a client we did not write.
    @Suite("Agent", .needs(.nodes))
    struct AgentTests {
        private static let socket = "/run/portolan.sock"

        private func ask(_ node: Node, _ path: String, socket: String = AgentTests.socket) throws -> Data {
            Data(
                try node.output(
                    of: "curl",
                    "-sS",
                    "--fail",
                    "--max-time",
                    "10",
                    "--unix-socket",
                    socket,
                    "http://x\(path)"
                )
                .utf8
            )
        }

        private func object(_ node: Node, _ path: String) throws -> [String: Any] {
            try #require(JSONSerialization.jsonObject(with: ask(node, path)) as? [String: Any])
        }

        @Test func answersWhoTalksToWhomWhileTheyDo() throws {
            let lab = try KernelLab(pods: 4)
            let node = lab.nodes[0]
            let agent = try node.portolan("run", "--socket", Self.socket, "--database", "/run/portolan.db")
            try agent.waitFor("capturing on all interfaces")
            let exchanges = try lab.talk(lab.everyPair())
            let here = lab.pods.filter { $0.node === node }
            let wanted = exchanges.filter { exchange in here.contains { $0.name == exchange.pod } }
            // A whole conversation has begun and ended: its edge has packets of both ends.
            let deadline = ContinuousClock.now + .seconds(20)
            var edges: [[String: Any]] = []
            func flows() -> Int {
                let asked = edges.filter { edge in
                    here.contains { pod in
                        let source = edge["source"] as? String
                        return source == "container:\(pod.pause)" || source == "container:\(pod.app)"
                    } && edge["port"] as? Int == 7000 && (edge["destination_packets"] as? Int ?? 0) > 0
                }
                return asked.reduce(0) { $0 + ($1["flows"] as? Int ?? 0) }
            }
            while flows() < wanted.count, ContinuousClock.now < deadline {
                edges = try object(node, "/v1/graph")["edges"] as? [[String: Any]] ?? []
                usleep(200_000)
            }
            #expect(!wanted.isEmpty && flows() == wanted.count)
            let status = try object(node, "/v1/status")
            let capture = status["capture"] as? [String: Any]
            #expect((capture?["packets"] as? Int ?? 0) > wanted.count)
            #expect(capture?["loss_known"] as? Bool == true && capture?["dropped"] as? Int == 0)
            let lines = try String(decoding: ask(node, "/v1/containers"), as: UTF8.self).split(separator: "\n")
            for pod in here {
                #expect(lines.contains { $0.contains("\"id\":\"\(pod.pause)\"") })
            }
            let said = try node.runPortolan("status", "--socket", Self.socket)
            #expect(said.status == 0 && said.output.contains(" 0 lost\n"), "\(said.output)\(said.errors)")
            #expect(said.output.contains("\n\(here.count * 2) containers\n"))
            #expect(try node.runPortolan("graph", "-o", "json", "--socket", Self.socket).output.contains("\"edges\":["))
            let outcome = agent.stop()
            #expect(outcome.status == 0)
            #expect(try node.run("test", "-e", Self.socket).status == 1)
        }

        @Test func refusesASecondAgentAndWhoHasNoRights() throws {
            let lab = try Lab(nodes: ["only"])
            let node = lab.nodes[0]
            let agent = try node.portolan("run", "--socket", Self.socket, "--database", "/run/portolan.db")
            try agent.waitFor("capturing on all interfaces")
            let second = try node.runPortolan("run", "--socket", Self.socket, "--database", "/run/second.db")
            #expect(second.status == 1)
            #expect(second.errors.contains("\(Self.socket): Address already in use"))
            let script = "curl -sS --max-time 5 --unix-socket \(Self.socket) http://x/v1/status"
            let stranger = try node.run(
                "setpriv",
                "--reuid",
                "65534",
                "--regid",
                "65534",
                "--clear-groups",
                "sh",
                "-c",
                script
            )
            #expect(try node.runPortolan("status", "--socket", "/run/none.sock").status == 1)
            #expect(stranger.status == 7 && stranger.output.isEmpty, "\(stranger.errors)")
            #expect(try object(node, "/v1/status")["flows"] != nil)
            // Without a goodbye its socket stays, and is taken over.
            _ = agent.kill()
            let next = try node.portolan("run", "--socket", Self.socket, "--database", "/run/portolan.db")
            try next.waitFor("capturing on all interfaces")
            #expect(try object(node, "/v1/status")["flows"] != nil)
            #expect(next.stop().status == 0)
        }
    }
}
