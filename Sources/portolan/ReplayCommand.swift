import Addressing
import ArgumentParser
import Capture
import Flows
import Monitor
import Pipeline
import Records
import Wire

/// `portolan replay`: captures through the pipeline, in packet time.
struct ReplayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Read captures and say who talked to whom.",
        discussion: """
            Reads pcap and pcapng files, plain or gzip-compressed, looks through VXLAN, Geneve, GRE and every other
            tunnel to the innermost packets, and prints a summary, or with -o json one record for each flow and last
            the summary of the capture. Several files are read as one, in the order of time.

            EXPRESSION is a pcap-filter(7); it sees frames as captured, so tunnels by their outer headers.

            Examples:
              portolan replay -r capture.pcap
              portolan replay -r node-a.pcap -r node-b.pcapng.gz -o json
              zstd -dc capture.pcap.zst | portolan replay -r - 'udp port 8472'
            """
    )

    @Option(
        name: [.customShort("r"), .customLong("read")],
        parsing: .singleValue,
        help: ArgumentHelp("A capture file; - is standard input. Repeatable.", valueName: "file")
    )
    var files: [String] = []

    @Option(name: [.customShort("o"), .customLong("output")], help: "text, a summary for people; json, a record a line.")
    var output = OutputFormat.text

    @Option(help: "Which records to print with -o json: flows (as they end) or all (as they begin and go on, and sightings).")
    var events = EventChoice.flows

    @Option(
        name: .customLong("vxlan-port"),
        parsing: .singleValue,
        help: ArgumentHelp("A UDP port that carries VXLAN, besides 4789 and 8472. Repeatable.", valueName: "port")
    )
    var vxlanPorts: [UInt16] = []

    @Option(
        name: .customLong("geneve-port"),
        parsing: .singleValue,
        help: ArgumentHelp("A UDP port that carries Geneve, besides 6081. Repeatable.", valueName: "port")
    )
    var genevePorts: [UInt16] = []

    @Option(help: ArgumentHelp("Leave out frames before this RFC 3339 time.", valueName: "time"))
    var since: PacketTime?

    @Option(help: ArgumentHelp("Leave out frames at and after this RFC 3339 time.", valueName: "time"))
    var until: PacketTime?

    @Option(
        name: .customLong("fail-on"),
        help: ArgumentHelp("Exit with 3 when an alert of this severity is raised. No detector raises any yet.")
    )
    var failOn: Severity?

    @Flag(name: .customShort("n"), help: "Print addresses only, no names.")
    var numeric = false

    @Option(help: "Colours in text: auto, always or never. NO_COLOR is honoured.")
    var color = ColorChoice.auto

    @Argument(parsing: .remaining, help: ArgumentHelp("A pcap-filter(7) expression.", valueName: "expression"))
    var expression: [String] = []

    func validate() throws {
        if files.isEmpty { throw ValidationError("Name a capture with -r FILE, or -r - for standard input.") }
        if files.count(where: { $0 == "-" }) > 1 { throw ValidationError("Standard input can be read once only.") }
        if let since, let until, since.time >= until.time {
            throw ValidationError("--since must be earlier than --until.")
        }
    }

    func run() throws {
        var session = ReplaySession(self)
        throw ExitCode(session.run())
    }
}
