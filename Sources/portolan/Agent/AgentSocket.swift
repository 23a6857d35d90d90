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

/// Whom is asked for what is remembered.
enum StoredSource: Equatable {
    case agent(socket: String)
    /// The database of an agent, which may be writing to it.
    case database(path: String)
}

/// A database that is read in place of an agent.
struct DatabaseOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Read this database, of an agent or loaded by portolan replay, instead of asking an agent.",
            valueName: "file"
        ),
        completion: .file()
    )
    var database: String?

    func validate() throws {
        if database == "" { throw ValidationError("--database wants the path of a file") }
    }
}
