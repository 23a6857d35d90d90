import Foundation
import Testing

@testable import Evidence

@Suite("Shell commands")
struct ShellCommandTests {
    static let hostile = [
        "it's", "", "$(touch /tmp/x)", "`id`", "a b", "\"", "\\", "new\nline", "\u{1b}[2J", "\u{202e}gnp.exe", "名前",
        "-rf", "*",
        "~root", "!!", "a;b|c&d>e<f", "\t", "#no", "don't \u{7} \\ 'stop'", "SELECT line FROM x WHERE y = 'it''s'",
    ]

    /// What bash takes for the words of a command.
    private func words(_ text: String) throws -> [String] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = ["-c", "tell() { printf '%s\\0' \"$@\"; }\n" + text]
        process.environment = ["LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let bytes = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: bytes, as: UTF8.self).components(separatedBy: "\0").dropLast()
    }

    @Test func quotesOnlyWhatNeedsIt() {
        let command = ShellCommand(["portolan", "observe", "--since", "2026-11-21T20:01:57Z", "it's", ""])
            .piped("grep", "-F", #""tunnel":{"type":"#)
        let quoted = #"'it'\''s' '' | grep -F '"tunnel":{"type":'"#
        #expect(command.text == "portolan observe --since 2026-11-21T20:01:57Z " + quoted)
    }

    @Test func aShellReadsBackWhateverIsInAWord() throws {
        let text = ShellCommand(["tell"] + Self.hostile).text
        #expect(try words(text) == Self.hostile)
        // Nothing that a terminal acts on, and nothing that ends a line.
        #expect(text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0 != "\u{202e}" && $0 != "\u{7f}" })
    }

    @Test(arguments: [20, 40, 73]) func linesAreAsWideAsTheirWordsAllow(width: Int) throws {
        let plain = (0..<40).map { "word\($0)" }
        let lines = ShellCommand(["tell"] + plain).lines(width: width)
        #expect(lines.count > 1 && lines.allSatisfy { $0.count <= width })
        #expect(try words(lines.joined(separator: "\n")) == plain)
    }

    @Test func aStatementBreaksWithinItsQuotes() throws {
        let statement = "SELECT line FROM journal WHERE id >= 1 AND time <= 1790000000000000000"
        let lines = ShellCommand(["tell", statement]).lines(width: 40)
        #expect(lines.count > 1 && lines.allSatisfy { $0.count <= 40 })
        let read = try words(lines.joined(separator: "\n"))
        #expect(
            read.count == 1 && read.first?.split(whereSeparator: \.isWhitespace).joined(separator: " ") == statement
        )
    }
}
