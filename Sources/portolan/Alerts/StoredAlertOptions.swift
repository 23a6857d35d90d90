import ArgumentParser

/// Which alerts of a running agent are asked for.
struct StoredAlertOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Found since a time, RFC 3339 or how long ago (5m, 2h).", valueName: "time"))
    var since: String?

    @Option(help: ArgumentHelp("Found until a time.", valueName: "time"))
    var until: String?

    @Option(help: ArgumentHelp("The newest so many.", valueName: "count"))
    var last: Int?

    @Flag(name: [.customShort("f"), .long], help: "Go on with those that come.")
    var follow = false

    @OptionGroup var agent: AgentSocketOption

    @OptionGroup var memory: DatabaseOption

    func validate() throws {
        try StoredOptions.check(since: since, until: until, last: last, follows: follow)
        try StoredOptions.check(memory, agent, follows: follow)
    }

    /// Whom they mean.
    var source: StoredSource { memory.database.map { .database(path: $0) } ?? .agent(socket: agent.path) }

    /// Whether the agent is asked, whatever else is said.
    var areGiven: Bool {
        since != nil || until != nil || last != nil || follow || agent.socket != nil || memory.database != nil
    }
}
