import Addressing
import ArgumentParser
import Glibc
import Records

/// `portolan replay`: captures through the pipeline, in packet time.
struct ReplayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Read captures and say who talked to whom.",
        usage: "portolan replay -r <file> [-r <file>]... [<options>] [<expression>]",
        discussion: """
            Reads pcap and pcapng files, plain or packed with gzip, looks through
            VXLAN, Geneve, GRE and other tunnels to the innermost packets, and prints
            a summary; with -o json a record for each flow, and last the summary.
            Several files are read as one, in the order of time.

            The expression is a pcap-filter(7). It sees frames as they were captured:
            of a packet in a tunnel the headers outside. Filters choose among the
            innermost flows, by either end, or from who began and to who was asked.
            Filters of one kind are alternatives; of every kind given one must hold. In
            names * stands for anything.

            Examples:

              portolan replay -r capture.pcap
              portolan replay -r node-a.pcap -r node-b.pcapng.gz --align -o json
              portolan replay -r capture.pcap --to-ip 10.0.0.0/8 --not --port 53
              portolan replay -r capture.pcap --segment 42 --write inner.pcapng
              zstdcat capture.pcap.zst | portolan replay -r - 'udp port 8472'
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
            "A summary for people, or a record a line for programs. (default: text)",
            valueName: "format"
        )
    )
    var format: OutputFormat?

    @Option(
        help: ArgumentHelp(
            "With -o json: flows as they end, or all: also as they begin and go on, and sightings.",
            valueName: "kind"
        )
    )
    var events = EventChoice.flows

    @Option(
        name: .customLong("vxlan-port"),
        parsing: .singleValue,
        help: ArgumentHelp("A UDP port that carries VXLAN, besides 4789 and 8472. Repeatable.", valueName: "port"),
        transform: UDPPort.parse
    )
    var vxlanPorts: [UInt16] = []

    @Option(
        name: .customLong("geneve-port"),
        parsing: .singleValue,
        help: ArgumentHelp("A UDP port that carries Geneve, besides 6081. Repeatable.", valueName: "port"),
        transform: UDPPort.parse
    )
    var genevePorts: [UInt16] = []

    @Option(
        help: ArgumentHelp(
            "An identity journal of the host the capture is from, as portolan run --journal writes it.",
            valueName: "file"
        ),
        completion: .file()
    )
    var identity: String?

    @Option(
        help: ArgumentHelp("Also write the graph of who talks to whom to a file, as JSON.", valueName: "file"),
        completion: .file()
    )
    var graph: String?

    @Option(
        name: .customLong("write"),
        help: ArgumentHelp(
            "Also write the packets to a new pcapng file, out of their tunnels and with names; - is standard output.",
            valueName: "file"
        ),
        completion: .file()
    )
    var packets: String?

    @Option(
        help: ArgumentHelp(
            "Also load all flows, who was who and what is wrong into a database, as portolan run keeps one.",
            valueName: "file"
        ),
        completion: .file()
    )
    var database: String?

    @Option(
        help: ArgumentHelp("Leave out frames before this time, as in RFC 3339.", valueName: "time"),
        transform: PacketTime.parse
    )
    var since: Timestamp?

    @Option(
        help: ArgumentHelp("Leave out frames at this time and after.", valueName: "time"),
        transform: PacketTime.parse
    )
    var until: Timestamp?

    @OptionGroup(title: "Clocks")
    var clocks: ClockOptions

    @Option(
        name: .customLong("fail-on"),
        help: ArgumentHelp(
            "Judge, and exit with 3 when an alert is that severe; portolan alerts tells them.",
            valueName: "severity"
        )
    )
    var failOn: AlertSeverity?

    @OptionGroup var policy: PolicyOption

    @Flag(name: .customShort("n"), help: "Print addresses only, no names.")
    var numeric = false

    @Option(help: ArgumentHelp("When to colour text. NO_COLOR is honoured.", valueName: "when"))
    var color = ColorChoice.auto

    @OptionGroup(title: "Filters")
    var filters: FilterOptions

    @Argument(parsing: .remaining, help: ArgumentHelp("A pcap-filter(7) expression.", valueName: "expression"))
    var expression: [String] = []

    func validate() throws {
        if files.isEmpty { throw ValidationError("name a capture with -r FILE, or -r - for standard input") }
        if files.contains("") { throw ValidationError("-r wants the name of a file") }
        if files.count(where: { $0 == "-" }) > 1 { throw ValidationError("standard input can be read once only") }
        if let mistake = clocks.mistake(for: files) { throw ValidationError(mistake) }
        if let since, let until, since >= until { throw ValidationError("--since must be earlier than --until") }
        if events == .all, output != .json { throw ValidationError("--events all goes with -o json") }
        if policy.file != nil, failOn == nil, database == nil {
            throw ValidationError(
                "--policy goes with --fail-on or --database; portolan alerts --policy tells the alerts"
            )
        }
        if database == "" { throw ValidationError("--database wants the name of a file") }
        if packets == "" { throw ValidationError("--write wants the name of a file") }
        if packets == "-", format != nil {
            throw ValidationError("-o needs standard output for itself; give --write a file")
        }
        if packets == "-", isatty(STDOUT_FILENO) == 1 {
            throw ValidationError("packets are nothing for a terminal: give --write a file, or lead - into a pipe")
        }
        if let port = vxlanPorts.first(where: genevePorts.contains) {
            throw ValidationError("port \(port) cannot carry both VXLAN and Geneve")
        }
    }

    /// What goes to standard output.
    var output: OutputFormat { format ?? .text }

    func run() throws {
        var session = try ReplaySession(self)
        throw ExitCode(session.run())
    }
}
