import Addressing
import ArgumentParser
import Graph

/// `portolan graph`: who talks to whom, of the running agent or of a capture.
struct GraphCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "graph",
        abstract: "Write who talks to whom, as text, for other tools, or as a picture.",
        usage: "portolan graph [-o <format>] [-r <file>]... [<options>]",
        discussion: """
            Asks the agent that portolan run started for its graph, or reads captures with
            -r, or a database with --database, and writes it: as the chart of portolan tui,
            in a pipe as a tree; as JSON, for Graphviz, Mermaid and GraphML readers, as an
            SVG, or as one page of HTML that needs no network.

            Rows are services; --fold makes them finer or coarser. --window is the last so
            much of the time that was seen. --focus draws one row with whom it talks to.
            --diff compares with a graph that -o json wrote before, or with the time
            before the window.

            Examples:

              portolan graph
              portolan graph -o html > graph.html
              portolan graph -r capture.pcap -o dot | dot -Tsvg > graph.svg
              portolan graph -o json | jq '.edges | max_by(.source_bytes)'
              portolan graph --window 10m --diff 1h
            """
    )

    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp("What is written.", valueName: "format")
    )
    var output = GraphFormat.text

    @Option(
        name: [.customShort("r"), .customLong("read")],
        parsing: .singleValue,
        help: ArgumentHelp("A capture file to read instead of asking the agent. Repeatable.", valueName: "file"),
        completion: .file()
    )
    var files: [String] = []

    @Option(
        help: ArgumentHelp("With -r: who was who when the capture was made, as --journal wrote it.", valueName: "file"),
        completion: .file()
    )
    var identity: String?

    @Option(help: ArgumentHelp("Only the last so much, such as 10m.", valueName: "span"))
    var window: SpanArgument?

    @Option(
        help: ArgumentHelp("Only from this time on, as in RFC 3339.", valueName: "time"),
        transform: PacketTime.parse
    )
    var since: Timestamp?

    @Option(help: ArgumentHelp("Only what was before this time.", valueName: "time"), transform: PacketTime.parse)
    var until: Timestamp?

    @Option(help: ArgumentHelp("Only this and whom it talks to: a row, container, pod or name.", valueName: "name"))
    var focus: String?

    @Option(help: ArgumentHelp("What a row is, instead of the finest that can be read.", valueName: "rung"))
    var fold: Rung?

    @Option(
        help: ArgumentHelp(
            "Compare with a graph that -o json wrote, or with so much time before.",
            valueName: "baseline"
        ),
        transform: GraphBaseline.init
    )
    var diff: GraphBaseline?

    @Option(help: ArgumentHelp("When to colour text. NO_COLOR is honoured.", valueName: "when"))
    var color = ColorChoice.auto

    @OptionGroup var agent: AgentSocketOption

    @OptionGroup var memory: DatabaseOption

    func validate() throws {
        if files.contains("") || identity == "" { throw ValidationError("a file has a name") }
        if files.contains("-") { throw ValidationError("a graph may need its capture twice: write it to a file first") }
        if !files.isEmpty, agent.socket != nil {
            throw ValidationError("a capture, or an agent: -r does not go with --socket")
        }
        if memory.database != nil, agent.socket != nil || !files.isEmpty {
            throw ValidationError("a database, a capture, or an agent: --database goes with neither -r nor --socket")
        }
        if files.isEmpty, identity != nil { throw ValidationError("--identity goes with -r") }
        if window != nil, since != nil || until != nil {
            throw ValidationError("--window is the last of it all: it goes with neither --since nor --until")
        }
        if let since, let until, since >= until { throw ValidationError("--since must be earlier than --until") }
        if focus == "" { throw ValidationError("--focus wants a name") }
        if case .file("")? = diff { throw ValidationError("--diff wants a file or a span such as 1h") }
        if output == .json, diff != nil {
            throw ValidationError("-o json tells one graph: give --diff what it wrote, and another output")
        }
    }

    func run() throws {
        throw ExitCode(GraphSession(self).run())
    }
}
