import Foundation

/// A run of curl(1): a client that others wrote.
struct Curl: Sendable {
    let output: String
    let process: Int32
    let status: Int32

    init(_ arguments: [String]) async throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["curl", "--silent", "--show-error", "--max-time", "60"] + arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let file = pipe.fileHandleForReading
        output = await waiting { String(decoding: file.readDataToEndOfFile(), as: UTF8.self) }
        process.waitUntilExit()
        self.process = process.processIdentifier
        status = process.terminationStatus
    }
}
