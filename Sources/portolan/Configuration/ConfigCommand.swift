import ArgumentParser

/// `portolan config`: what has to do with the agent's configuration.
struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "Check the configuration of the agent.",
        usage: "portolan config check [<options>]",
        discussion: """
            The agent reads portolan.yaml, and then the files conf.d/*.yaml beside it.
            What may stand there is in Docs/Configuration.md.
            """,
        subcommands: [ConfigCheckCommand.self]
    )
}
