import ArgumentParser

/// `portolan record`: packets, with who was who, into pcapng files.
struct RecordCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "record",
        abstract: "Write packets to a file, with who was who between them.",
        usage: "portolan record -w <file> [-i <interface>]... [<options>] [<expression>]",
        discussion: """
            Captures as observe does and writes pcapng: packets in the order they were
            looked at, and between them all that was learned of the host meanwhile.
            portolan replay -r, tui -r and alerts -r read it with the names that held
            then; Wireshark and tshark read it too, and show containers as comments of
            packets, descriptions of interfaces and names of addresses (-N n).

            Of each packet 256 bytes are kept, which is headers; -s asks for more. With
            -C or -G there are several files, numbered before their ending, and with -W
            only the newest of them stay. No file is ever written over. Files have mode
            0640. It keeps at it until SIGINT or SIGTERM.

            The expression is a pcap-filter(7), applied by the kernel to frames as they
            pass. Needs what observe needs; portolan doctor says what lacks.

            Examples:

              portolan record -w trace.pcapng
              portolan record -w ring.pcapng -C 100 -W 10
              portolan record -w trace.pcapng -i docker0 -s 65535 'tcp port 80'
              portolan record -w trace.pcapng --duration 60 -o json > flows.jsonl
            """
    )

    @Option(
        name: [.customShort("w"), .customLong("write")],
        help: ArgumentHelp("The file; - is standard output.", valueName: "file"),
        completion: .file()
    )
    var file: String

    @Option(
        name: .customShort("C"),
        help: ArgumentHelp("Begin another file after so many megabytes.", valueName: "megabytes")
    )
    var megabytes: Int?

    @Option(
        name: .customShort("G"),
        help: ArgumentHelp("Begin another file after so many seconds.", valueName: "seconds")
    )
    var seconds: Int?

    @Option(
        name: .customShort("W"),
        help: ArgumentHelp("Keep so many files, and remove the oldest.", valueName: "files")
    )
    var files: Int?

    @OptionGroup var live: LiveOptionsGroup

    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp(
            "Nothing, or flows as they end and alerts, a record a line, as replay and alerts tell them of the file.",
            valueName: "format"
        )
    )
    var output = OutputFormat.text

    @Option(
        help: ArgumentHelp("At the end write the graph of who talked to whom to a file, as JSON.", valueName: "file"),
        completion: .file()
    )
    var graph: String?

    @Argument(parsing: .remaining, help: ArgumentHelp("A pcap-filter(7) expression.", valueName: "expression"))
    var expression: [String] = []

    func validate() throws {
        if file.isEmpty { throw ValidationError("-w wants the name of a file, or - for standard output") }
        if graph == "" { throw ValidationError("--graph wants the name of a file") }
        if let megabytes, !(1...1_000_000 ~= megabytes) { throw ValidationError("-C is between 1 and 1000000") }
        if let seconds, !(1...31_536_000 ~= seconds) { throw ValidationError("-G is between 1 and 31536000") }
        if let files, !(1...100_000 ~= files) { throw ValidationError("-W is between 1 and 100000") }
        let isRing = megabytes != nil || seconds != nil
        if files != nil, !isRing { throw ValidationError("-W goes with -C or -G") }
        if file == "-", isRing { throw ValidationError("standard output is one file: no -C and no -G with it") }
        if file == "-", output == .json { throw ValidationError("-o json needs standard output for itself") }
    }

    func run() throws {
        throw ExitCode(RecordSession(self).run())
    }
}
