import ArgumentParser
import Dashboard
import HTTP
import Terminal

/// `portolan tui`: the connection graph in the terminal.
struct ScreenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tui",
        abstract: "Look at who talks to whom, in the terminal.",
        usage: "portolan tui [-r <file>]... [-i <interface>]... [--database <file>] [<options>]",
        discussion: """
            Draws the connections as a chart from left to right, callers to callees. A
            vertical line joins all who enter it from the left with all it leaves for on
            the right. ? lists the keys, q ends.

            With -r it reads captures and draws while it reads, with --database it shows
            what an agent kept or portolan replay loaded. Without, it asks the
            agent that runs on this host; where none runs, or with -i, it captures by
            itself. What is wrong is judged by the agent's policy; of captures by that of
            --policy, or without by a policy that declares nothing.

            Examples:

              portolan tui -r capture.pcapng
              portolan tui -r capture.pcapng --identity journal.jsonl
              portolan tui -r capture.pcapng --policy policy.yaml
              portolan tui
              portolan tui -i docker0
              portolan tui --database case.db
            """
    )

    @Option(
        name: [.customShort("r"), .customLong("read")],
        parsing: .singleValue,
        help: ArgumentHelp("A capture file to look at. Repeatable.", valueName: "file"),
        completion: .file()
    )
    var files: [String] = []

    @Option(
        help: ArgumentHelp("Who was who when the capture was made, as --journal wrote it.", valueName: "file"),
        completion: .file()
    )
    var identity: String?

    @OptionGroup var policy: PolicyOption

    @Flag(
        name: .customLong("no-detection"),
        help: "Judge nothing: read or capture, draw, and find no alerts."
    )
    var noDetection = false

    @OptionGroup var agent: AgentSocketOption

    @OptionGroup var memory: DatabaseOption

    @OptionGroup var live: LiveOptionsGroup

    @Option(
        help: ArgumentHelp("Colours: the terminal's own, or ours for a dark or a light background.", valueName: "name")
    )
    var theme: Theme.Palette?

    @Option(
        help: ArgumentHelp(
            "Which characters to draw with, instead of those the terminal seems to know.",
            valueName: "set"
        )
    )
    var glyphs: GlyphSet?

    @Option(help: ArgumentHelp("When to use colours. NO_COLOR is honoured.", valueName: "when"))
    var color = ColorChoice.auto

    @Flag(name: .customLong("read-only"), help: "Offer nothing that acts.")
    var readOnly = false

    func validate() throws {
        if files.contains("") || identity == "" { throw ValidationError("a file has a name") }
        if files.contains("-") {
            throw ValidationError("a capture is read more than once: write it to a file first")
        }
        if !files.isEmpty, agent.socket != nil || !live.isPlain {
            throw ValidationError("a file is looked at, or this host: -r goes with neither -i nor --socket")
        }
        if files.isEmpty, identity != nil { throw ValidationError("--identity goes with -r") }
        if memory.database != nil {
            guard files.isEmpty, agent.socket == nil, live.isPlain else {
                throw ValidationError(
                    "a database is looked at, or something else: --database goes with neither -r, -i nor --socket"
                )
            }
            guard policy.file == nil else {
                throw ValidationError("a database has what was found as it was kept: --policy goes with -r or -i")
            }
        }
        if noDetection, policy.file != nil {
            throw ValidationError("judge by a policy, or not at all: --policy does not go with --no-detection")
        }
        if noDetection, memory.database != nil || agent.socket != nil {
            throw ValidationError("what was found is there to be looked at: --no-detection goes with -r or -i")
        }
        if agent.socket != nil, policy.file != nil {
            throw ValidationError("the agent judges by its own policy: --policy goes with -r or -i")
        }
        if agent.socket != nil, !live.isPlain {
            throw ValidationError("the agent captures as it was told to: no -i with --socket")
        }
    }

    var isColorless: Bool { color == .never }

    func run() throws {
        throw ExitCode(ScreenSession(self).run())
    }

    /// What is looked at.
    func source(wake: @escaping @Sendable () -> Void) throws -> any SnapshotSource {
        if let path = memory.database { return try DatabaseSource(path, wake: wake) }
        let standards = noDetection ? nil : try policy.standards()
        if !files.isEmpty {
            var options = FileSourceOptions(paths: files, identity: identity, vxlanPorts: live.vxlanPorts)
            options.standards = standards
            let source = try FileSource(options, wake: wake)
            ReaderConfinement.silence()
            return source
        }
        // Who brings a policy judges by it, and who wants nothing judged has nothing judged.
        if live.isPlain, policy.file == nil, !noDetection, agent.socket != nil || UnixSocket.connect(agent.path) == 0 {
            return try AgentSource(socket: agent.path, wake: wake)
        }
        return try LiveSource(live, standards, wake: wake)
    }
}

extension Theme.Palette: ExpressibleByArgument {}
extension GlyphSet: ExpressibleByArgument {}
