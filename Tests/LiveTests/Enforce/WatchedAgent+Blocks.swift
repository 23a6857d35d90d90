import Foundation
import Support

extension WatchedAgent {
    /// Blocks as the command does, without a question.
    func block(_ arguments: String...) throws -> Outcome {
        try node.run([BuiltProgram.location.path, "block", "--socket", socket, "--yes"] + arguments)
    }

    /// The same, which must be done; returns the number.
    func blocked(_ arguments: String...) throws -> String {
        let command = [BuiltProgram.location.path, "block", "--socket", socket, "--yes", "-o", "json"]
        let outcome = try node.run(command + arguments)
        guard outcome.status == 0, let number = outcome.records.first?["portolan.block.id"] else {
            throw LabError("not blocked: \(outcome.status) \(outcome.errors)\(outcome.output)\(running.errors)")
        }
        return number
    }

    func unblock(_ arguments: String...) throws -> Outcome {
        try node.run([BuiltProgram.location.path, "unblock", "--socket", socket] + arguments)
    }

    /// What is in force, or also what was.
    func blocks(all: Bool = false) throws -> [Record] {
        let options = all ? ["--all"] : []
        return try node.run([BuiltProgram.location.path, "blocks", "--socket", socket, "-o", "json"] + options).records
    }

    /// A block by its number, as it stands.
    func block(numbered number: String) throws -> Record? {
        try blocks(all: true).last { $0["portolan.block.id"] == number }
    }

    /// All tables of ours, as nft(8) lists them.
    var tables: String {
        get throws {
            try node.output(of: "nft", "list", "tables").split(separator: "\n").filter { $0.contains("portolan") }
                .joined(separator: "\n")
        }
    }
}
