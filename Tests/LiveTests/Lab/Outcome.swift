import Support

/// What a command came to.
struct Outcome: Sendable {
    /// As a shell has it: above 128 it was ended by that signal less 128.
    var status: Int32
    var output: String
    var errors: String

    /// The status of timeout(1) when it had to end the command.
    static let tooLong: Int32 = 124

    /// Lines on standard output.
    var lines: [String] { output.split(separator: "\n").map(String.init) }

    /// Lines on standard output that are records.
    var records: [Record] { lines.compactMap { Record(line: $0) } }
}
