import Foundation
import Glibc

/// A process that a test started; killed and waited for with this.
final class TestProcess: @unchecked Sendable {
    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()

    var identifier: Int32 { process.processIdentifier }

    /// Starts a shell with this script, and returns when it has written a line: it must `echo` when all is ready. It
    /// ends with its input.
    init(_ script: String) throws {
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", script]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        _ = output.fileHandleForReading.availableData
    }

    /// One that waits to be killed.
    static func idle() throws -> TestProcess { try TestProcess("echo; read _") }

    func end() {
        try? input.fileHandleForWriting.close()
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    deinit {
        if process.isRunning { end() }
    }

    static func run(_ script: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-ec", script]
        try process.run()
        process.waitUntilExit()
        if process.terminationStatus != 0 { throw CocoaError(.executableLoad) }
    }
}
