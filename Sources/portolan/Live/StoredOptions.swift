import Agent
import ArgumentParser
import Monitor

/// Which flows of a running agent are asked for.
struct StoredOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Of the agent: flows since a time, RFC 3339 or how long ago (5m, 2h).", valueName: "time")
    )
    var since: String?

    @Option(help: ArgumentHelp("Of the agent: flows until a time.", valueName: "time"))
    var until: String?

    @Option(help: ArgumentHelp("Of the agent: the newest so many flows it remembers.", valueName: "count"))
    var last: Int?

    @Flag(name: [.customShort("f"), .long], help: "Of the agent: go on with the flows that come.")
    var follow = false

    @OptionGroup var agent: AgentSocketOption

    @OptionGroup var memory: DatabaseOption

    func validate() throws {
        try Self.check(since: since, until: until, last: last, follows: follow)
        try Self.check(memory, agent, follows: follow)
    }

    /// A database tells what was, and nothing else.
    static func check(_ memory: DatabaseOption, _ agent: AgentSocketOption, follows: Bool) throws {
        guard memory.database != nil else { return }
        if follows { throw ValidationError("a database does not say what comes: no -f with --database") }
        if agent.socket != nil { throw ValidationError("an agent or a database: --socket does not go with --database") }
    }

    /// Whom they mean.
    var source: StoredSource { memory.database.map { .database(path: $0) } ?? .agent(socket: agent.path) }

    /// What any command may ask of what an agent remembers. Throws `ValidationError`.
    static func check(since: String?, until: String?, last: Int? = nil, follows: Bool = false) throws {
        if let last, !(1...10_000 ~= last) { throw ValidationError("--last is between 1 and 10000") }
        for (name, text) in [("since", since), ("until", until)] {
            if let text, AskedTime.parse(text, now: Clock.now) == nil {
                throw ValidationError("--\(name) wants a time as 2026-11-21T20:01:57Z, or how long ago, as 5m or 2h")
            }
        }
        if follows, until != nil { throw ValidationError("--until goes without -f: what is to come has no end") }
    }

    /// Whether the agent is asked, whatever else is said.
    var areGiven: Bool {
        since != nil || until != nil || last != nil || follow || agent.socket != nil || memory.database != nil
    }
}
