import ArgumentParser

/// Where an agent answers.
struct AgentSocketOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Where the agent answers, instead of /run/portolan/portolan.sock or $XDG_RUNTIME_DIR/portolan.sock.",
            valueName: "path"
        ),
        completion: .file()
    )
    var socket: String?

    /// The path of the socket that is meant.
    var path: String { socket ?? StandardFiles.socket }

    func validate() throws {
        if socket == "" { throw ValidationError("--socket wants the path of a socket") }
    }
}
