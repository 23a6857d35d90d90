import Foundation
import Support
import Testing

extension Live {
    /// What an agent keeps of a container that scans and is removed.
    @Suite("Agent, and cases", .needs(.docker))
    struct AgentCaseTests {
        private static let scan = """
            import socket, sys
            for port in range(20000, 20040):
                with socket.socket() as door:
                    door.settimeout(0.1)
                    door.connect_ex((sys.argv[1], port))
            """

        private func run(_ agent: WatchedAgent, _ arguments: String..., as user: String? = nil) throws -> Outcome {
            let other = user.map { ["setpriv", "--reuid", $0, "--regid", $0, "--clear-groups"] } ?? []
            return try agent.node.run(other + [BuiltProgram.location.path, "case"] + arguments)
        }

        @Test func aScannerThatIsRemovedStaysUntilItIsReleased() throws {
            let lab = try DockerLab()
            let web = try lab.docker.run("web")
            let agent = try WatchedAgent(on: lab.node)
            try agent.wait("it is here") {
                try agent.records("/v1/containers").contains { $0["container.name"] == "web" }
            }
            #expect(try run(agent, "--socket", agent.socket).output == "there are no cases\n")
            let enter = ["nsenter", "--net", "-t", "\(web.process)"]
            try lab.node.output(of: enter + ["/usr/bin/python3", "-c", Self.scan, "172.28.0.1"])
            func told() throws -> Record? { try agent.records("/v1/cases?all=true").first }
            try agent.wait("a case is opened") { try told() != nil }
            let open = try #require(try told())
            #expect(open["portolan.case.state"] == "open")
            #expect(open["container.name"] == "web")
            #expect(open["container.id"] == web.identifier)
            #expect(open.texts("host.ip") == [web.address])
            _ = try lab.docker.client(["rm", "-f", "web"])
            try agent.wait("it has ended") { try told()?["portolan.case.state"] == "ended" }
            try agent.wait("its flows are stored") {
                try run(agent, "show", "1", "--socket", agent.socket).output.contains("172.28.0.1")
            }
            let shown = try run(agent, "show", "1", "--socket", agent.socket).output
            #expect(shown.contains(web.identifier) && shown.contains("scan.vertical"))
            #expect(shown.contains("no packets were recorded"))
            #expect(
                shown.contains("portolan observe --socket \(agent.socket) --container \(web.identifier.prefix(12))")
            )
            // The database says the same without the agent.
            let alone = try run(agent, "list", "--database", agent.database, "-o", "json")
            #expect(alone.records.first?["container.id"] == web.identifier)
            #expect(try run(agent, "show", "2", "--database", agent.database).status == 2)
            #expect(try run(agent, "release", "1", "--socket", agent.socket, as: "65534").status == 4)
            #expect(try run(agent, "release", "2", "--socket", agent.socket).status == 2)
            #expect(try run(agent, "release", "1", "--socket", agent.socket).output == "case 1 of web is let go\n")
            #expect(try run(agent, "release", "1", "--socket", agent.socket).status == 1)
            #expect(try agent.rows("SELECT actor FROM audit WHERE act = 'release' AND outcome = 'done'") == ["uid 0"])
            #expect(try told()?["portolan.case.released_by"] == "root (uid 0)")
            #expect(try run(agent, "--socket", agent.socket).output == "there are no cases\n")
            // Its log is written once a second.
            try agent.wait("it is said") { agent.said("case_released #1: web") == 1 }
            #expect(agent.said("case_opened #1: web") == 1 && agent.said("case_ended #1: web") == 1)
            #expect(agent.running.stop().status == 0)
            let verified = try agent.node.run(
                [BuiltProgram.location.path, "report", "verify", "--database", agent.database]
            )
            #expect(verified.output.contains("complete"), "\(verified.output)\(verified.errors)")
        }
    }
}
