import ArgumentParser
import Custody

/// `portolan report key`: makes the keys that manifests are signed with.
struct KeyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key",
        abstract: "Make a key to sign with.",
        usage: "portolan report key -w <file>",
        discussion: """
            Writes a private Ed25519 key to the file, which is its owner's only, and the
            public one beside it, with .pub behind its name. Prints the fingerprint of the
            public key. Neither file may be there yet. Keep the private key away from the
            host whose evidence it signs.

            Examples:

              portolan report key -w case.key
              openssl genpkey -algorithm ed25519 -out case.key      makes one as well
            """
    )

    @Option(
        name: [.customShort("w"), .customLong("write")],
        help: ArgumentHelp("The file of the private key.", valueName: "file"),
        completion: .file()
    )
    var write: String

    func run() throws {
        let key = SigningKey()
        do {
            for (path, content, text) in [
                (write, "private key", key.pem), (write + ".pub", "public key", key.verifyingKey.pem),
            ] {
                let file = try OutputFile(content, path: path, isNew: true)
                file.write(Array(text.utf8).span)
                if let failure = file.failure { throw failure }
            }
        } catch {
            StandardError.say("\(error)")
            throw ExitCode(ExitStatus.failed)
        }
        var output = StandardOutput()
        output.write("\(key.verifyingKey.fingerprint)\n")
        if let failure = output.conclude() { throw ExitCode(failure) }
    }
}
