import ArgumentParser

/// `portolan report`, or `portolan report write`: the evidence of a period.
struct WriteReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "write",
        abstract: "Write NIST SP 800-190 evidence of a period.",
        usage: "portolan report [--since <time>] [--until <time>] [-o <format>] [-w <file>] [<options>]",
        discussion: """
            Writes what is known of a period, by the paragraphs of NIST SP 800-190:
            surfaces, flows on the wire and encapsulated, crossings of levels, scans,
            destinations, listeners, containers, hosts, consumption, blocks, blind spots
            and losses; each line with a command that shows it. What is not known is said
            to be unknown.

            Asks the agent of this host for its last day; or reads a database, also of
            another host, or captures. As text, as a JSON document, or as one page of
            HTML with the chart, which needs neither network nor script, and prints.

            Examples:

              portolan report --last 7d -o html -w week.html
              portolan report --since 2026-11-21T00:00:00Z --until 2026-11-22T00:00:00Z
              portolan report --database /var/lib/portolan/portolan.db -o json
              portolan report -r capture.pcap --identity journal.jsonl
            """
    )

    @Option(help: ArgumentHelp("From a time on, RFC 3339 or how long ago (5m, 2h).", valueName: "time"))
    var since: String?

    @Option(help: ArgumentHelp("Until a time; without it until now, or the end of what is stored.", valueName: "time"))
    var until: String?

    @Option(
        help: ArgumentHelp("The last so much before that, such as 12h or 30d, instead of a day.", valueName: "span")
    )
    var last: SpanArgument?

    @OptionGroup var memory: DatabaseOption

    @OptionGroup var agent: AgentSocketOption

    @Option(
        name: [.customShort("r"), .customLong("read")],
        parsing: .singleValue,
        help: ArgumentHelp("A capture file to read instead, whole. Repeatable.", valueName: "file"),
        completion: .file()
    )
    var files: [String] = []

    @Option(
        help: ArgumentHelp("With -r: who was who when the capture was made, as --journal wrote it.", valueName: "file"),
        completion: .file()
    )
    var identity: String?

    @OptionGroup var policy: PolicyOption

    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp("Text for people, a document for programs, or a page.", valueName: "format")
    )
    var output = ReportFormat.text

    @Option(
        name: [.customShort("w"), .customLong("write")],
        help: ArgumentHelp("Write it to a file, not to standard output.", valueName: "file"),
        completion: .file()
    )
    var file: String?

    @Option(help: ArgumentHelp("When to colour text. NO_COLOR is honoured.", valueName: "when"))
    var color = ColorChoice.auto

    func validate() throws {
        try StoredOptions.check(since: since, until: until)
        try StoredOptions.check(memory, agent, follows: false)
        if files.contains("") || identity == "" || file == "" { throw ValidationError("a file has a name") }
        if files.contains("-") {
            throw ValidationError("commands of a report read its capture again: write it to a file first")
        }
        if !files.isEmpty {
            if memory.database != nil || agent.socket != nil {
                throw ValidationError("captures, a database or an agent: -r goes with neither --database nor --socket")
            }
            if since != nil || until != nil || last != nil {
                throw ValidationError("a capture is judged whole: no --since, --until and --last with -r")
            }
        } else if identity != nil || policy.file != nil {
            throw ValidationError("--identity and --policy go with a capture: -r FILE")
        }
        if since != nil, last != nil { throw ValidationError("--since or --last: both say when it begins") }
    }

    func run() throws {
        throw ExitCode(ReportSession(self).run())
    }
}

/// As what a report is written.
enum ReportFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json, html
}
