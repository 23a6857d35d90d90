import ArgumentParser

/// What was observed: captures, or what the agent remembers or its database has.
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

    @Option(help: ArgumentHelp("Of the agent: since a time, RFC 3339 or how long ago (5m, 24h).", valueName: "time"))
    var since: String?

    @Option(help: ArgumentHelp("Of the agent: until a time.", valueName: "time"))
    var until: String?

    @OptionGroup var agent: AgentSocketOption

    @OptionGroup var memory: DatabaseOption

    /// Who is asked where no capture is read.
    var source: StoredSource { memory.database.map { .database(path: $0) } ?? .agent(socket: agent.path) }

    /// Whether it is said who is asked, or for which time.
    var asks: Bool { since != nil || until != nil || agent.socket != nil || memory.database != nil }

    func validate() throws {
        if files.contains("") { throw ValidationError("-r wants the name of a file") }
        if files.count(where: { $0 == "-" }) > 1 { throw ValidationError("standard input can be read once only") }
        if files.isEmpty, identity != nil { throw ValidationError("--identity goes with a capture: -r FILE") }
        if !files.isEmpty, asks {
            throw ValidationError("a capture is read whole: no --since, --until, --socket and --database with -r")
        }
        try StoredOptions.check(memory, agent, follows: false)
        try StoredOptions.check(since: since, until: until)
    }
}
