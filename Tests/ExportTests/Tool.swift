import Foundation
import Testing

/// Another program that reads what was written, and says what it makes of it.
enum Tool {
    /// Whether it is installed here; with `CI=true` it must be.
    static func has(_ path: String) -> Bool { isDemanding || FileManager.default.isExecutableFile(atPath: path) }

    static var isDemanding: Bool { ProcessInfo.processInfo.environment["CI"] == "true" }

    static var hasDot: Bool { has("/usr/bin/dot") }
    static var hasChromium: Bool { has("/usr/bin/chromium") }
    /// networkx is Debian's, so Debian's Python has it.
    static var hasPython: Bool { has("/usr/bin/python3") }

    struct Outcome {
        let status: Int32
        let output: Data
        var text: String { String(decoding: output, as: UTF8.self) }
    }

    /// Gives it `input` as a file, whose path goes after the arguments; waits for its end.
    static func run(_ path: String, _ arguments: [String], input: [UInt8], suffix: String = "") throws -> Outcome {
        let folder = FileManager.default.temporaryDirectory
        let file = folder.appendingPathComponent("portolan-\(UUID().uuidString)\(suffix)")
        try Data(input).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments + [file.path]
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Outcome(status: process.terminationStatus, output: output)
    }

    /// What a program in Python prints as JSON.
    static func python(_ program: String, input: [UInt8]) throws -> Any {
        let outcome = try run("/usr/bin/python3", ["-c", program], input: input)
        try #require(outcome.status == 0, "\(outcome.text)")
        return try JSONSerialization.jsonObject(with: outcome.output, options: .fragmentsAllowed)
    }
}
