import ArgumentParser

/// `portolan report verify`: whether what an agent keeps is as it was written.
struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Say whether what an agent keeps is as it was written, and who signed it.",
        usage: "portolan report verify [--database <file>] [--manifest <file>] [<options>]",
        discussion: """
            Every row that an agent keeps is covered by a chain of digests. This goes along
            it and says `complete`, or what was altered, removed or added, in which table
            and row, and when that was written. It reads only: of a database that an agent
            writes to, of a copy, and of one that is damaged.

            The chain alone is `unsigned`: whoever may write the file can make all of it
            anew. A manifest (portolan report sign) says how far it went at a time, and who
            says so.

            Examples:

              portolan report verify
              portolan report verify --database copy.db -o json
              portolan report verify --manifest case.json --public-key case.pub

            Exit status: 0 complete, 1 altered, removed, added, or not signed by that key,
            2 a file cannot be read.
            """
    )

    @Option(
        help: ArgumentHelp("The database, instead of the agent's.", valueName: "file"),
        completion: .file()
    )
    var database: String?

    @Option(
        help: ArgumentHelp("An identity journal to look at; may be repeated.", valueName: "file"),
        completion: .file()
    )
    var journal: [String] = []

    @Option(
        help: ArgumentHelp(
            "What was signed; its signature is beside it, with .sig behind its name.",
            valueName: "file"
        ),
        completion: .file()
    )
    var manifest: String?

    @Option(
        help: ArgumentHelp("Whose signature it must be: an Ed25519 key in PEM.", valueName: "file"),
        completion: .file()
    )
    var publicKey: String?

    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp("Lines of text, or one JSON object a line.", valueName: "format")
    )
    var output = OutputFormat.text

    func validate() throws {
        if publicKey != nil, manifest == nil {
            throw ValidationError("--public-key wants --manifest, which is what is signed")
        }
    }

    func run() throws {
        throw ExitCode(VerifySession(self).run())
    }
}
