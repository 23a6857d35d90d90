import ArgumentParser

/// `portolan policy`: what may be.
struct PolicyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy",
        abstract: "Check what is declared: levels, interfaces, ways out, feeds.",
        usage: "portolan policy check [<options>]",
        discussion: """
            The policy stands in the section policy of the configuration, or in a file of
            its own. What may stand there is in Docs/Policy.md.
            """,
        subcommands: [PolicyCheckCommand.self]
    )
}
