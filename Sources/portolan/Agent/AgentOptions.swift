import ArgumentParser

/// Where an agent reads its configuration, answers, and remembers.
struct AgentOptions: ParsableArguments {
    @OptionGroup var configuration: ConfigurationOption

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

    @Flag(help: "Judge nothing: see, remember and answer, and find no alerts.")
    var noDetection = false

    func validate() throws {
        if socket == "" { throw ValidationError("--socket wants the path of a socket") }
        if database == "" { throw ValidationError("--database wants the path of a file, or none") }
    }
}
