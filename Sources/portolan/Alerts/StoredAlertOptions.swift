import Agent
import ArgumentParser
import Monitor

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

    func validate() throws {
        if let last, !(1...10_000 ~= last) { throw ValidationError("--last is between 1 and 10000") }
        for (name, text) in [("since", since), ("until", until)] {
            if let text, AskedTime.parse(text, now: Clock.now) == nil {
                throw ValidationError("--\(name) wants a time as 2026-11-21T20:01:57Z, or how long ago, as 5m or 2h")
            }
        }
        if follow, until != nil { throw ValidationError("--until goes without -f: what is to come has no end") }
    }

    /// Whether the agent is asked, whatever else is said.
    var areGiven: Bool { since != nil || until != nil || last != nil || follow || agent.socket != nil }
}
