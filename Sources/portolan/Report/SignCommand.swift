import ArgumentParser

/// `portolan report sign`: says what is there now, and who says so.
struct SignCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign",
        abstract: "Write down what is there now, and sign it.",
        usage: "portolan report sign --key <file> -w <file> [<options>] [<file> ...]",
        discussion: """
            Writes a manifest: how far the chains of the database go, and size and SHA-256
            of each file, as JSON; and its signature beside it, with .sig behind the name.
            portolan report verify --manifest compares. The database is looked at first:
            one that was altered is signed as such, and that is said.

            Examples:

              portolan report sign --key case.key -w case.json
              portolan report sign --key case.key -w case.json --database none \\
                  --result alerts.json --policy policy.yaml evidence.pcapng

            Exit status: 0 signed, 1 the database is not as it was written, or nothing could
            be written, 2 a file cannot be read.
            """
    )

    @Option(
        help: ArgumentHelp("The private key: Ed25519 in PEM, its owner's only.", valueName: "file"),
        completion: .file()
    )
    var key: String

    @Option(
        name: [.customShort("w"), .customLong("write")],
        help: ArgumentHelp("The manifest.", valueName: "file"),
        completion: .file()
    )
    var write: String

    @Option(
        help: ArgumentHelp("The database, instead of the agent's; none to leave it out.", valueName: "file"),
        completion: .file()
    )
    var database: String?

    @Option(help: ArgumentHelp("A policy that was judged by; may be repeated.", valueName: "file"), completion: .file())
    var policy: [String] = []

    @Option(help: ArgumentHelp("What came out; may be repeated.", valueName: "file"), completion: .file())
    var result: [String] = []

    @Argument(
        help: ArgumentHelp("What went in: recordings, captures, journals.", valueName: "file"),
        completion: .file()
    )
    var files: [String] = []

    func run() throws {
        throw ExitCode(SignSession(self).run())
    }
}
