import Foundation
import Support
import Testing

extension Live {
    /// What a running agent finds, keeps and tells.
    @Suite("Agent, and what is wrong", .needs(.nodes))
    struct AgentAlertTests {
        /// Tries ports of a host one after the other.
        private static let scan = """
            import socket, sys
            for port in range(int(sys.argv[2]), int(sys.argv[3])):
                with socket.socket() as door:
                    door.settimeout(0.3)
                    door.connect_ex((sys.argv[1], port))
            """

        private func alerts(_ agent: WatchedAgent, _ arguments: String...) throws -> Outcome {
            try agent.node.run([BuiltProgram.location.path, "alerts", "--socket", agent.socket] + arguments)
        }

        /// A pod that scans another is told by its container, at the door, in the log and in the database, and outlives the agent.
        @Test func aPodThatScansIsTold() throws {
            let lab = try KernelLab(pods: 2, nodes: ["only"])
            let scanner = lab.pods[0]
            // Pods that have only just begun need not listen; the node has long been there.
            let victim = try #require(
                scanner.output(of: "ip", "route", "show", "default").split(separator: " ").dropFirst(2).first.map(
                    String.init
                )
            )
            let agent = try WatchedAgent(on: lab.nodes[0])
            #expect(try alerts(agent).output == "nothing found\n")
            try scanner.output(of: "/usr/bin/python3", "-c", Self.scan, victim, "9100", "9130")
            try agent.wait("it is told") { try !alerts(agent, "-o", "json", "--rule", "scan").records.isEmpty }
            let records = try alerts(agent, "-o", "json", "--severity", "high").records
            let alert = try #require(records.first)
            #expect(alert["rule.id"] == "scan.vertical" && alert["threat.technique.id"] == "T1046")
            #expect([scanner.app, scanner.pause].contains(alert["source.container.id"]))
            #expect(alert["destination.ip"] == victim)
            #expect(!alert.texts("portolan.evidence").isEmpty)
            // Nothing was lost, and that is known.
            #expect(alert["capture.loss_known"] == "1")
            #expect(agent.said("scan.vertical") > 0)
            #expect(try alerts(agent).output.contains("scan.vertical"))
            #expect(try alerts(agent, "--severity", "critical").output == "nothing found\n")
            try agent.wait("it is counted") {
                try agent.curl("/metrics").output.contains(/rule="scan.vertical"} [1-9]/)
            }
            // A stranger reads none of it.
            #expect(try agent.code("/v1/alerts", as: "65534") != "200")
            #expect(agent.running.stop().status == 0)
            let next = try WatchedAgent(on: lab.nodes[0])
            #expect(
                try alerts(next, "-o", "json", "--rule", "scan.vertical").records.first?["@timestamp"]
                    == alert["@timestamp"]
            )
            #expect(next.running.stop().status == 0)
        }

        /// A policy is read anew without what was seen being forgotten; one with a mistake changes nothing.
        @Test func anotherPolicyCountsAtOnce() throws {
            let lab = try KernelLab(pods: 2, nodes: ["only"])
            let node = lab.nodes[0]
            let (client, server) = (lab.pods[0], lab.pods[1])
            func write(_ policy: String) throws { try node.shell("printf '%s\\n' \"$1\" >/run/portolan.yaml", policy) }
            try write("log: {level: notice}")
            let agent = try WatchedAgent(on: node, "--config", "/run/portolan.yaml")
            let process = try #require(agent.running.children.first)
            func call(_ ports: ClosedRange<Int>) throws {
                try client.output(
                    of: "/usr/bin/python3",
                    "-c",
                    Self.scan,
                    server.address,
                    "\(ports.lowerBound)",
                    "\(ports.upperBound + 1)"
                )
            }
            try call(7000...7000)
            let levels = """
                policy: {sensitivity: {rules: [{level: restricted, cidr: \(server.address)}, {level: internal, cidr: \(client.address)}]}}
                """
            try write(levels + "\nnonsense: 1")
            kill(process, SIGHUP)
            try agent.wait("it is refused") { agent.said("the configuration stays as it was") == 1 }
            try call(7000...7000)
            try write(levels)
            kill(process, SIGHUP)
            try agent.wait("it is read") { agent.said(", policy") == 1 }
            try agent.wait("the crossing is told") {
                try call(7000...7000)
                return try !alerts(agent, "-o", "json", "--rule", "crossing.undeclared").records.isEmpty
            }
            let told = try alerts(agent, "-o", "json", "--rule", "crossing").records
            #expect(told.count == 1)
            #expect(told.first?["message"]?.contains("from internal to restricted") == true)
            #expect(agent.running.stop().status == 0)
        }
    }
}
