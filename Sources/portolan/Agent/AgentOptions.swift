import ArgumentParser

/// Where an agent reads its configuration, answers, and remembers.
struct AgentOptions: ParsableArguments {
    @Option(
        name: .customLong("config"),
        help: ArgumentHelp(
            "The configuration, instead of /etc/portolan/portolan.yaml. Options go before what it says.",
            valueName: "file"
        ),
        completion: .file(extensions: ["yaml"])
    )
    var configuration: String?

    @Option(
        help: ArgumentHelp("Answer at this Unix socket, instead of the one of the configuration.", valueName: "path"),
        completion: .file()
    )
    var socket: String?

    @Option(
        help: ArgumentHelp(
            "Remember in this database, instead of the one of the configuration; none remembers nothing.",
            valueName: "path"
        ),
        completion: .file()
    )
    var database: String?

    func validate() throws {
        if configuration == "" { throw ValidationError("--config wants the name of a file") }
        if socket == "" { throw ValidationError("--socket wants the path of a socket") }
        if database == "" { throw ValidationError("--database wants the path of a file, or none") }
    }
}
