import Testing

/// A mistake in the arguments is 64 (EX_USAGE), and one line that says what was wanted.
@Suite("Arguments")
struct UsageTests {
    private static let first = "Captures/first/first.pcap"

    @Test(
        arguments: [
            (["replay"], "-r FILE"),
            (["replay", "-r", ""], "name of a file"),
            (["replay", "-r", "-", "-r", "-"], "once only"),
            (["replay", "-r", first, "--no-such-option"], "--no-such-option"),
            (["replay", "-r", first, "-o", "xml"], "xml"),
            (["replay", "-r", first, "--vxlan-port", "70000"], "1 to 65535"),
            (["replay", "-r", first, "--vxlan-port", "0"], "1 to 65535"),
            (["replay", "-r", first, "--geneve-port", "-1"], "--geneve-port"),
            (["replay", "-r", first, "--geneve-port", "http"], "1 to 65535"),
            (["replay", "-r", first, "--vxlan-port", "5000", "--geneve-port", "5000"], "5000"),
            (["replay", "-r", first, "--since", "yesterday"], "RFC 3339"),
            (["replay", "-r", first, "--until", "2026-02-30"], "RFC 3339"),
            (["replay", "-r", first, "--since", "2026-11-21T20:00:00Z", "--until", "2026-11-21T20:00:00Z"], "earlier"),
            (["replay", "-r", first, "--events", "all"], "-o json"),
            (["replay", "-r", first, "--fail-on", "dire"], "dire"),
            (["replay", "-r", first, "port ("], "port ("),
            (["replay", "-r", first, "no", "such", "filter"], "pcap-filter(7)"),
            (["replay", "-r", first, "--ip", "10.0.0.300"], "--ip 10.0.0.300: no address"),
            (["replay", "-r", first, "--not", "--from-port", "http"], "--not --from-port http: no port"),
            (["replay", "-r", first, "--protocol", "dsn"], "did you mean dns?"),
            (["observe", "--direction", "up"], "internal, ingress, egress or external"),
            (["observe", "--label", "=x"], "KEY or KEY=VALUE"),
            (["observe", "--container="], "--container: it wants a value"),
            (["observe", "--container"], "Missing value"),
            (["observe", "--from-contaner", "x"], "Did you mean '--from-container'"),
            (["observe", "--not"], "--not stands before a filter"),
            (["observe", "--not", "-n", "--port", "1"], "--not stands before a filter"),
            (["observe", "--not", "--not", "--port", "1"], "--not stands before a filter"),
            (["observe"] + [[String]](repeating: ["--port", "1"], count: 65).flatMap { $0 }, "at most 64"),
            (["run", "--port", "1"], "--port"),
            (["block"], "say whom to block"),
            (["block", "web", "--address", "192.0.2.1"], "one of them"),
            (["block", "web", "--to", "192.0.2.1", "--for", "10"], "10m"),
            (["block", "web", "--to", "192.0.2.1", "--port", "http"], "8000-8010"),
            (["block", "web", "--protocol", "dsn"], "tcp, udp"),
            (["block", "--selector", "colour=red", "--to", "192.0.2.1"], "KIND=PATTERN"),
            (["block", "web", "--quarantine", "--to", "192.0.2.1"], "quarantine"),
            (["block", "web", "--to", "192.0.2.1", "--preview", "--yes"], "--preview only shows"),
            (["unblock"], "the number of a block, or --undo"),
            (["unblock", "1", "--undo"], "not both"),
            (["unblock", "web"], "a block has a number"),
            (["panic"], "--yes says that it is meant"),
            (["containers", "--ip", "web"], "--ip web: no address"),
            (["containers", "--from-image", "x"], "--from-image"),
            (["containers", ""], "has a name"),
            (["containers", "-o", "xml"], "xml"),
            (["containers", "--owner-label", ""], "key of a label"),
            (["observe", "--role-label", ""], "key of a label"),
            (["tui", "-r", first, "--policy", ""], "name of a file"),
            (["tui", "--socket", "/tmp/none", "--policy", "p.yaml"], "goes with -r or -i"),
            (["run", "-i", ""], "name of an interface"),
            (["run", "--journal", ""], "name of a file"),
            (["run", "--duration", "0"], "more than 0"),
            (["run", "--buffer-size", "1"], "between 512"),
            (["run", "tcp"], "tcp"),
            (["observe", "--journal", ""], "name of a file"),
            (["no-such-command"], "no-such-command"),
        ]
    )
    func saysInOneLineWhatIsWrong(arguments: [String], words: String) throws {
        let outcome = try Command.shell("\"$portolan\" \(arguments.map { "'\($0)'" }.joined(separator: " "))")
        #expect(outcome.status == 64)
        #expect(outcome.errorLines.count == 1, "\(outcome.errors)")
        #expect(outcome.errors.hasPrefix("portolan: "))
        #expect(outcome.errors.contains(words), "\(outcome.errors)")
        #expect(outcome.output.isEmpty)
    }

    @Test(arguments: ["replay", "alerts"])
    func endsWithThreeWhenAnAlertIsThatSevere(command: String) throws {
        let quiet = try Command.run(command, "-r", Self.first, "--fail-on", "medium")
        #expect(quiet.status == 0)
        #expect(quiet.errors.isEmpty)
        let scanned = "Captures/shop/shop-node-a.pcap"
        for (severity, status) in [("low", 3), ("high", 3), ("critical", 0)] as [(String, Int32)] {
            #expect(try Command.run(command, "-r", scanned, "--fail-on", severity).status == status)
        }
    }

    @Test func tellsItsVersion() throws {
        let outcome = try Command.run("--version")
        #expect(outcome.status == 0)
        #expect(outcome.output.wholeMatch(of: /portolan \d+\.\d+\.\d+\n/) != nil)
    }
}
