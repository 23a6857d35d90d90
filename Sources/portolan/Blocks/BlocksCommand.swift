import ArgumentParser
import HTTP
import Monitor

/// `portolan blocks`: what is blocked.
struct BlocksCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "blocks",
        abstract: "List what is blocked: who, what, until when, why, and what it stopped.",
        usage: "portolan blocks [--all] [-o <format>] [<options>]",
        discussion: """
            Asks the agent of this host. A block holds when all of it was read back from
            the kernel; it fails open when some of it is not there. With --all also those
            that ended. Without a running agent what stands in the kernel is listed.

            Examples:

              portolan blocks
              portolan blocks --all -o json | jq .portolan.block
            """
    )

    @Flag(help: "Also those that ended.")
    var all = false

    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp("A table for people, or records for programs.", valueName: "format")
    )
    var output = OutputFormat.text

    @Option(help: ArgumentHelp("When to colour text. NO_COLOR is honoured.", valueName: "when"))
    var color = ColorChoice.auto

    @OptionGroup var agent: AgentSocketOption

    func run() throws {
        if agent.socket == nil, UnixSocket.connect(agent.path) != 0 {
            throw ExitCode(LonelyKernel().list(output, TextStyle(choice: color)))
        }
        var target = AgentTarget("/v1/blocks")
        if all { target.add("all", "true") }
        do {
            let body = try AgentAct(socket: agent.path).ask(.get, target.text)
            var standardOutput = StandardOutput()
            switch output {
            case .json: standardOutput.write(body.span)
            case .text:
                let table = BlockTable(ToldBlocks.read(body), now: Clock.now)
                let lines = table.lines(TextStyle(choice: color), width: TextStyle.terminalWidth)
                standardOutput.write(lines.map { $0 + "\n" }.joined())
            }
            if let failure = standardOutput.conclude() { throw ExitCode(failure) }
        } catch let refusal as AgentAct.Refusal {
            StandardError.say(refusal.description)
            throw ExitCode(refusal.status)
        }
    }
}
