import Foundation
import Support
import Testing

/// What the command says of itself is read by people, so a change of it is reviewed: `EXPECT=write` rewrites the files.
@Suite("Help")
struct HelpTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
        "Expected"
    )

    @Test(
        arguments: [
            ("portolan.txt", ["--help"]), ("replay.txt", ["replay", "--help"]),
            ("containers.txt", ["containers", "--help"]), ("run.txt", ["run", "--help"]),
            ("doctor.txt", ["doctor", "--help"]), ("observe.txt", ["observe", "--help"]),
            ("status.txt", ["status", "--help"]), ("graph.txt", ["graph", "--help"]),
            ("alerts.txt", ["alerts", "--help"]),
            ("config.txt", ["config", "--help"]), ("config-check.txt", ["config", "check", "--help"]),
            ("block.txt", ["block", "--help"]), ("unblock.txt", ["unblock", "--help"]),
            ("blocks.txt", ["blocks", "--help"]), ("case.txt", ["case", "--help"]),
            ("case-show.txt", ["case", "show", "--help"]), ("panic.txt", ["panic", "--help"]),
            ("report.txt", ["report", "--help"]), ("report-write.txt", ["report", "write", "--help"]),
            ("report-verify.txt", ["report", "verify", "--help"]), ("report-sign.txt", ["report", "sign", "--help"]),
            ("report-key.txt", ["report", "key", "--help"]), ("record.txt", ["record", "--help"]),
            ("policy.txt", ["policy", "--help"]), ("policy-check.txt", ["policy", "check", "--help"]),
            ("policy-learn.txt", ["policy", "learn", "--help"]), ("tui.txt", ["tui", "--help"]),
            ("first.txt", ["replay", "-r", "Captures/first/first.pcap"]),
            ("shop-node-a.txt", ["replay", "-r", "Captures/shop/shop-node-a.pcap"]),
            ("shop-any.txt", ["replay", "-r", "Captures/shop/shop-any.pcap"]),
            ("tenants.txt", ["replay", "-r", "Captures/tenants/tenants.pcap"]),
        ]
    )
    func printsWhatWasReviewed(name: String, arguments: [String]) throws {
        let outcome = try Command.shell("\"$portolan\" \(arguments.joined(separator: " "))")
        #expect(outcome.status == 0)
        #expect(outcome.errors.isEmpty)
        let file = Self.folder.appendingPathComponent(name)
        if ProcessInfo.processInfo.environment["EXPECT"] == "write" {
            try Data(outcome.output.utf8).write(to: file)
        }
        #expect(outcome.output == String(decoding: try Data(contentsOf: file), as: UTF8.self))
    }

    @Test(arguments: [
        ["--help"], ["replay", "--help"], ["observe", "--help"], ["containers", "--help"], ["run", "--help"],
        ["block", "--help"], ["unblock", "--help"], ["blocks", "--help"], ["panic", "--help"], ["case", "--help"],
        ["case", "list", "--help"], ["case", "show", "--help"],
        ["case", "release", "--help"],
        ["doctor", "--help"], ["status", "--help"], ["alerts", "--help"], ["report", "write", "--help"],
        ["graph", "--help"], ["config", "--help"],
        ["config", "check", "--help"], ["policy", "check", "--help"], ["policy", "learn", "--help"], ["tui", "--help"],
        ["help", "replay"], [],
        ["report", "--help"], ["report", "verify", "--help"], ["report", "sign", "--help"],
        ["report", "key", "--help"], ["record", "--help"],
    ])
    func staysWithinAHundredColumns(arguments: [String]) throws {
        let outcome = try Command.shell("\"$portolan\" \(arguments.joined(separator: " "))")
        #expect(outcome.status == 0)
        #expect(outcome.output.split(separator: "\n").allSatisfy { $0.count <= 100 })
        #expect(outcome.output.contains("USAGE: portolan"))
    }

    @Test(arguments: [("bash", "bash -n"), ("zsh", "zsh -n"), ("fish", "fish --no-execute")])
    func makesCompletionsThatTheShellParses(shell: String, check: String) throws {
        let script = try Command.run("--generate-completion-script", shell)
        #expect(script.status == 0)
        for word in ["replay", "doctor", "vxlan-port", "fail-on", "critical"] {
            #expect(script.output.contains(word))
        }
        let parsed = try Command.shell(
            "command -v \(shell) >/dev/null || exit 0; \"$portolan\" --generate-completion-script \(shell) | \(check) /dev/stdin"
        )
        #expect(parsed.status == 0, "\(parsed.errors)")
    }

    @Test func readmeShowsWhatTheCommandPrints() throws {
        let readme = try String(contentsOf: SharedCaptures.project.appendingPathComponent("README.md"), encoding: .utf8)
        let line = "portolan replay -r Captures/shop/shop-node-a.pcap\n"
        let shown = try #require(readme.range(of: "$ \(line)")?.upperBound)
        let example = readme[shown...].prefix { $0 != "`" }
        #expect(try Command.shell("\"$portolan\" \(line.dropFirst("portolan ".count))").output == String(example))
    }
}
