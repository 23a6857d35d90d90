import ArgumentParser

/// What was observed: captures, or what the agent remembers.
struct ObservedOptions: ParsableArguments {
    @Option(
        name: [.customShort("r"), .customLong("read")],
        parsing: .singleValue,
        help: ArgumentHelp(
            "A capture file; - is standard input. Repeatable. Without, the agent is asked.",
            valueName: "file"
        ),
        completion: .file()
    )
    var files: [String] = []

    @Option(
        help: ArgumentHelp("Who was who when the capture was made, as --journal wrote it.", valueName: "file"),
        completion: .file()
    )
    var identity: String?

    @Option(
        name: .customLong("vxlan-port"),
        parsing: .singleValue,
        help: ArgumentHelp("A UDP port that carries VXLAN, besides 4789 and 8472. Repeatable.", valueName: "port"),
        transform: UDPPort.parse
    )
    var vxlanPorts: [UInt16] = []

    @Option(help: ArgumentHelp("Of the agent: since a time, RFC 3339 or how long ago (5m, 24h).", valueName: "time"))
    var since: String?

    @Option(help: ArgumentHelp("Of the agent: until a time.", valueName: "time"))
    var until: String?

    @OptionGroup var agent: AgentSocketOption

    func validate() throws {
        if files.contains("") { throw ValidationError("-r wants the name of a file") }
        if files.count(where: { $0 == "-" }) > 1 { throw ValidationError("standard input can be read once only") }
        if files.isEmpty, identity != nil || !vxlanPorts.isEmpty {
            throw ValidationError("--identity and --vxlan-port go with a capture: -r FILE")
        }
        if !files.isEmpty, since != nil || until != nil || agent.socket != nil {
            throw ValidationError("a capture is read whole: no --since, --until and --socket with -r")
        }
        try StoredOptions.check(since: since, until: until)
    }
}
