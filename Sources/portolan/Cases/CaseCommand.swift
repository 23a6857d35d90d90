import ArgumentParser

/// `portolan case`: what is kept past its time, until somebody lets it go.
struct CaseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "case",
        abstract: "List, show and let go of cases: what is kept of containers that something was found of.",
        discussion: """
            When something at least as severe as cases.severity is found of a container,
            the agent opens a case: its flows, who was who, what was found of it and what
            stopped it are kept past the times of store.*, also when the container is gone,
            until somebody lets go of it.

            Examples:

              portolan case
              portolan case show 3
              portolan case release 3
            """,
        subcommands: [CaseListCommand.self, CaseShowCommand.self, CaseReleaseCommand.self],
        defaultSubcommand: CaseListCommand.self
    )
}
