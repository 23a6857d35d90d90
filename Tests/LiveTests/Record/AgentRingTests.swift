import Foundation
import Support
import Testing

extension Live {
    /// What a running agent writes down of packets, and what of it alerts have kept.
    @Suite("Agent, and its ring of packets", .needs(.nodes))
    struct AgentRingTests {
        private static let folder = "/run/portolan-ring"

        private static let scan = """
            import socket, sys
            for port in range(9100, 9130):
                with socket.socket() as door:
                    door.settimeout(0.3)
                    door.connect_ex((sys.argv[1], port))
            """

        /// An agent with a section `recording` beside the folder.
        private func agent(on node: Node, _ recording: String) throws -> WatchedAgent {
            let text = "recording: {path: \(Self.folder), \(recording)}"
            try node.shell("printf '%s\\n' \"$1\" >/run/portolan.yaml", text)
            return try WatchedAgent(on: node, "--config", "/run/portolan.yaml")
        }

        private func list(_ node: Node, _ pattern: String) throws -> [String] {
            try node.shell("ls -d \(pattern) 2>/dev/null || true").split(separator: "\n").map(String.init)
        }

        private func gateway(of pod: Pod) throws -> String {
            try pod.shell("ip route show default | cut -d ' ' -f 3").filter { !$0.isWhitespace }
        }

        @Test func packetsAroundAnAlertAreKept() throws {
            let lab = try KernelLab(pods: 2, nodes: ["only"])
            let node = lab.nodes[0]
            let scanner = lab.pods[0]
            let agent = try agent(on: node, "mode: alerts, before: 60s, after: 1s")
            try lab.talk(lab.everyPair())
            try scanner.output(of: "/usr/bin/python3", "-c", Self.scan, gateway(of: scanner))
            try agent.wait("packets are kept") { agent.status?["recording.kept.files"] == "1" }
            // A moment after the alert another file begins, with the next packet.
            try agent.wait("another file begins") {
                try lab.talk(lab.everyPair())
                return try list(node, "\(Self.folder)/ring-*").count > 1
            }
            let told = try agent.records("/v1/alerts").filter { $0["rule.id"] == "scan.vertical" }
            let alert = try #require(told.first)
            let identifier = try #require(alert["source.container.id"])
            #expect([scanner.app, scanner.pause].contains(identifier))
            let status = try #require(agent.status)
            #expect(status["recording.mode"] == "alerts" && status["recording.fault"] == nil)
            #expect(status["recording.left_out"] == "0" && status["recording.kept.refused"] == "0")
            let text = try node.runPortolan("status", "--socket", agent.socket).output
            #expect(text.contains(" packets recorded in \(Self.folder), none left out\n"), "\(text)")
            #expect(text.contains("1 files of packets kept for alerts, "), "\(text)")
            #expect(try agent.curl("/metrics").output.contains("\nportolan_recording_kept_files 1\n"))
            #expect(agent.running.stop().status == 0)
            // It is under the container's short identifier, and nobody else's.
            let folder = "\(Self.folder)/cases/\(identifier.prefix(12))"
            #expect(try list(node, "\(Self.folder)/cases/*") == [folder])
            let files = try list(node, "\(folder)/*")
            #expect(files.count == 1)
            #expect(try node.output(of: "stat", "-c", "%a", folder) == "750")
            #expect(try node.output(of: ["stat", "-c", "%a"] + files) == "640")
            // Without the rest of the ring it tells the same.
            try node.shell("rm \(Self.folder)/ring-*")
            let names = files.flatMap { ["-r", $0] }
            let program = [BuiltProgram.location.path]
            let again = try node.run(program + ["alerts"] + names + ["-o", "json", "--rule", "scan.vertical"])
            #expect(again.status == 0 && again.errors == "", "\(again.errors)")
            #expect(again.records.first?["source.container.id"] == identifier)
            #expect(again.records.first?["message"] == alert["message"])
            let flows = try node.run(program + ["replay"] + names + ["-o", "json"]).records
            let before = flows.filter { $0["event.action"] == "flow_ended" && $0["destination.port"] == "7000" }
            #expect(before.contains { $0["event.start"] ?? "9" < alert["event.start"] ?? "" })
            #expect(before.contains { $0["source.container.id"] != nil })
        }

        @Test func aFullDiskCostsTheRingAlone() throws {
            let lab = try KernelLab(pods: 2, nodes: ["only"])
            let node = lab.nodes[0]
            try node.shell("mkdir $1; mount -t tmpfs -o size=64k none $1", Self.folder)
            let agent = try agent(on: node, "mode: all")
            try agent.wait("it is full") {
                try lab.talk(lab.everyPair(), bytes: 4000)
                return agent.status?["recording.fault"] != nil
            }
            let seen = Int(agent.status?["capture.packets"] ?? "") ?? 0
            try lab.talk(lab.everyPair(), bytes: 4000)
            try agent.wait("capture goes on") { (Int(agent.status?["capture.packets"] ?? "") ?? 0) > seen }
            #expect(agent.said("no packets are recorded: cannot write the recording") == 1)
            #expect(agent.said("No space left on device; free some space, or lower recording.size") == 1)
            #expect(Int(agent.status?["recording.left_out"] ?? "") ?? 0 > 0)
            let text = try node.runPortolan("status", "--socket", agent.socket).output
            #expect(text.contains("records no packets: cannot write"), "\(text)")
            #expect(agent.running.stop().status == 0)
        }

        @Test func withoutAFolderItGoesOn() throws {
            let node = try Lab(nodes: ["only"]).nodes[0]
            try node.shell("echo >$1", Self.folder)
            let agent = try agent(on: node, "mode: all")
            #expect(agent.said("no packets are recorded: cannot write the recording") == 1)
            #expect(agent.status?["recording.fault"]?.contains("Not a directory") == true)
            try agent.talk(2)
            #expect(agent.running.stop().status == 0)
        }
    }
}
