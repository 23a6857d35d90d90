import ArgumentParser

/// `portolan report`: what happened in a period, for whoever has to show it.
struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Write NIST SP 800-190 evidence of a period.",
        usage: "portolan report [--since <time>] [--until <time>] [-o text|json|html] [-w <file>] [<options>]",
        discussion: """
            What its options are, and examples: portolan report write --help. The word
            write may be left out. The others say whether what is kept is as it was
            written, and sign it.
            """,
        subcommands: [WriteReportCommand.self, VerifyCommand.self, SignCommand.self, KeyCommand.self],
        defaultSubcommand: WriteReportCommand.self
    )
}
