import ArgumentParser

/// `portolan policy`: what may be.
struct PolicyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy",
        abstract: "Check what may be; learn it, write it, and try it.",
        usage: "portolan policy check|learn|generate|preview [<options>]",
        discussion: """
            The policy stands in the section policy of the configuration, or in a file of
            its own. What may stand there is in Docs/Policy.md.
            """,
        subcommands: [
            PolicyCheckCommand.self, PolicyLearnCommand.self, PolicyGenerateCommand.self, PolicyPreviewCommand.self,
        ]
    )
}
