import ArgumentParser
import Monitor
import Records

/// `portolan status`: how the running agent is doing.
struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Say how the running agent is doing.",
        usage: "portolan status [--socket <path>] [-o <format>]",
        discussion: """
            Asks the agent that portolan run started: since when it watches, what it has
            seen and lost, how many containers it knows, and what it remembers.

            Examples:

              portolan status --socket /run/portolan.sock
              portolan status --socket /run/portolan.sock -o json
            """
    )

    @OptionGroup var agent: AgentSocketOption

    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp("Text for people, or an object for programs.", valueName: "format")
    )
    var output = OutputFormat.text

    func run() throws {
        var standardOutput = StandardOutput()
        do {
            let body = try AgentQuery(socket: agent.path).get("/v1/status")
            switch output {
            case .json: standardOutput.write(body.span)
            case .text: standardOutput.write(try StatusText(body, now: Clock.now).text)
            }
        } catch {
            StandardError.say("\(error)")
            throw ExitCode((error as? AgentQuery.Failure)?.status ?? ExitStatus.failed)
        }
        if let failure = standardOutput.conclude() { throw ExitCode(failure) }
    }
}
