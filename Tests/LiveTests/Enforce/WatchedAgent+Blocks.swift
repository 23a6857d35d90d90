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

extension WatchedAgent {
    /// Blocks one after the other, which must all be done; returns their numbers. One command each, all from one shell.
    func blocked(each orders: [[String]]) throws -> [String] {
        let outcome = try node.run(["sh", "-ec", script("block", "--yes -o json", orders)], within: .seconds(120))
        let numbers = outcome.records.compactMap { $0["portolan.block.id"] }
        guard outcome.status == 0, numbers.count == orders.count else {
            throw LabError("not blocked: \(outcome.status) \(outcome.errors)\(outcome.output.suffix(400))")
        }
        return numbers
    }

    /// Lets blocks go, one after the other.
    func unblock(each numbers: [String]) throws -> Bool {
        let script = script("unblock", "", numbers.map { [$0] })
        return try node.run(["sh", "-ec", script], within: .seconds(120)).status == 0
    }

    /// Words are names, numbers and addresses: nothing that a shell would take for its own.
    private func script(_ command: String, _ options: String, _ orders: [[String]]) -> String {
        let begin = "\(BuiltProgram.location.path) \(command) --socket \(socket) \(options)"
        return orders.map { "\(begin) \($0.joined(separator: " "))" }.joined(separator: "\n")
    }
}
