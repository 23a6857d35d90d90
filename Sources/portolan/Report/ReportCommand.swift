import ArgumentParser

/// `portolan report`: what is kept as evidence.
struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Say whether what is kept is as it was written.",
        usage: "portolan report verify [<options>]",
        subcommands: [VerifyCommand.self, SignCommand.self, KeyCommand.self]
    )
}
