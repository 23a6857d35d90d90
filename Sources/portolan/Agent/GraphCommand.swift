import ArgumentParser

/// `portolan graph`: who talks to whom, of the running agent.
struct GraphCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "graph",
        abstract: "Write who talks to whom, as the running agent has seen it.",
        usage: "portolan graph [--socket <path>]",
        discussion: """
            Asks the agent that portolan run started for its graph: endpoints, the edges
            between them with their rates, and the last sixty minutes one by one, as one
            JSON object. Of a capture, portolan replay --graph writes the same.

            Examples:

              portolan graph --socket /run/portolan.sock > graph.json
              portolan graph | jq '.edges | max_by(.source_bytes)'
            """
    )

    @OptionGroup var agent: AgentSocketOption

    func run() throws {
        var standardOutput = StandardOutput()
        do {
            let body = try AgentQuery(socket: agent.path).get("/v1/graph")
            standardOutput.write(body.span)
        } catch {
            StandardError.say("\(error)")
            throw ExitCode(ExitStatus.failed)
        }
        if let failure = standardOutput.conclude() { throw ExitCode(failure) }
    }
}
