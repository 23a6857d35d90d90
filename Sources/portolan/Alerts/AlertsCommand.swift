import ArgumentParser
import Records

/// As what alerts are told.
enum AlertFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json, cef
}

/// `portolan alerts`: what is wrong, in captures and on this host.
struct AlertsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alerts",
        abstract: "Say what is wrong: in captures, or as the agent found it.",
        usage: "portolan alerts [-r <file>]... [<options>]",
        discussion: """
            Asks the agent of this host (portolan run) what it found, and with -f goes on
            with what it finds. With -r reads captures as portolan replay does, and judges
            them. An alert a line: when, how severe, which rule, and a sentence; with
            -o json an object a line, with the flows that show it; with -o cef a line of
            the Common Event Format.

            What is looked for, and what each rule misses, is in Docs/Detectors.

            With --identity alerts name the container that does it; with --policy levels,
            ways out, feeds and the like count as well, and exceptions hold.

            Examples:

              portolan alerts --since 1h --severity medium
              portolan alerts -f --rule scan,flood
              portolan alerts -r capture.pcap
              portolan alerts -r capture.pcap -o json | jq .message
              portolan alerts -r capture.pcap --policy policy.yaml --fail-on high
            """
    )

    @Option(
        name: [.customShort("r"), .customLong("read")],
        parsing: .singleValue,
        help: ArgumentHelp("A capture file; - is standard input. Repeatable.", valueName: "file"),
        completion: .file()
    )
    var files: [String] = []

    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp(
            "A line for people, a record a line for programs, or CEF for a SIEM.",
            valueName: "format"
        )
    )
    var output = AlertFormat.text

    @Option(
        help: ArgumentHelp("Who was who when the capture was made, as --journal wrote it.", valueName: "file"),
        completion: .file()
    )
    var identity: String?

    @OptionGroup var policy: PolicyOption

    @Option(
        name: .customLong("vxlan-port"),
        parsing: .singleValue,
        help: ArgumentHelp("A UDP port that carries VXLAN, besides 4789 and 8472. Repeatable.", valueName: "port"),
        transform: UDPPort.parse
    )
    var vxlanPorts: [UInt16] = []

    @OptionGroup(title: "Clocks")
    var clocks: ClockOptions

    @Option(
        name: .customLong("fail-on"),
        help: ArgumentHelp("Exit with 3 when an alert is that severe.", valueName: "severity")
    )
    var failOn: AlertSeverity?

    @Option(help: ArgumentHelp("When to colour text. NO_COLOR is honoured.", valueName: "when"))
    var color = ColorChoice.auto

    @OptionGroup(title: "Choice")
    var choice: AlertChoice

    @OptionGroup(title: "Of the agent")
    var stored: StoredAlertOptions

    func validate() throws {
        if files.isEmpty, identity != nil || policy.file != nil || !vxlanPorts.isEmpty || failOn != nil {
            throw ValidationError("--identity, --policy, --vxlan-port and --fail-on go with a capture: -r FILE")
        }
        if !files.isEmpty, stored.areGiven {
            throw ValidationError(
                "a capture is judged whole: no --since, --until, --last, -f, --socket and --database with -r"
            )
        }
        if let mistake = clocks.mistake(for: files) { throw ValidationError(mistake) }
        if files.contains("") { throw ValidationError("-r wants the name of a file") }
        if files.count(where: { $0 == "-" }) > 1 { throw ValidationError("standard input can be read once only") }
    }

    func run() throws {
        throw ExitCode(files.isEmpty ? AgentAlerts(self).run() : AlertsSession(self).run())
    }
}
