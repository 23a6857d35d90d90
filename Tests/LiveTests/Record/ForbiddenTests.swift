import Foundation
import Glibc
import Support
import Testing

extension Live {
    /// Whoever has no rights neither captures nor reads what others captured.
    @Suite("Packets of others", .needs(.nodes))
    struct ForbiddenTests {
        private static let nobody = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"]

        @Test func nobodyReadsPacketsOrWhatBecameOfThem() throws {
            let lab = try KernelLab(pods: 2, nodes: ["only"])
            let node = lab.nodes[0]
            // Whatever the mask is: what is made says itself who reads it.
            let agent = try WatchedAgent(
                on: node,
                through: ["/bin/sh", "-c", "umask 0; exec \"$@\"", "sh"],
                "--journal",
                "/run/journal.jsonl"
            )
            let recording = try LiveRecording(on: node)
            try lab.talk(lab.everyPair())
            try recording.wait("flows ended") { !$0.isEmpty }
            _ = try recording.end()
            try agent.wait("it is remembered") { try agent.remembered > 0 }
            try node.output(of: BuiltProgram.location.path, "report", "--socket", agent.socket, "-w", "/run/report.txt")

            // All of it is there, for root.
            let folder = "/var/lib/agent"
            let secrets =
                [recording.file, "/run/live.graph.json", "/run/journal.jsonl", "/run/report.txt", agent.database]
                + [agent.database + "-wal", agent.database + "-lock"]
            for path in secrets {
                #expect(try node.run(["test", "-r", path]).status == 0, "\(path)")
                let read = try node.run(Self.nobody + ["cat", path])
                #expect(read.status != 0 && read.output.isEmpty, "\(path)")
            }
            #expect(try node.run(Self.nobody + ["ls", folder]).status != 0)
            #expect(try node.output(of: "stat", "-c", "%a", folder).hasPrefix("750"))
            #expect(try agent.curl("/v1/flows", as: "65534").status != 0)

            let program = Self.nobody + [BuiltProgram.location.path]
            for words in ["record -w /tmp/stolen.pcapng", "observe", "observe -i lo --duration 1"] {
                let outcome = try node.run(program + words.split(separator: " ").map(String.init))
                #expect(outcome.status == 4, "\(words): \(outcome.status) \(outcome.errors)")
                #expect(outcome.errors.contains("CAP_NET_RAW") && outcome.output.isEmpty, "\(words)")
            }
            for words in [
                "replay -r \(recording.file)", "tui -r \(recording.file)", "observe --database \(agent.database)",
            ] {
                let outcome = try node.run(program + words.split(separator: " ").map(String.init))
                #expect(outcome.status != 0 && outcome.output.isEmpty, "\(words)")
            }
            agent.running.signal(SIGTERM)
            #expect(agent.running.wait().status == 0)
        }
    }
}
