import Foundation
import Support

/// The built executable, run as a user runs it.
enum Command {
    /// What a run came to.
    struct Outcome {
        var status: Int32
        var output: String
        var errors: String

        /// What it printed, as records; empty when a line is none.
        var records: [Record] { output.split(separator: "\n").compactMap { Record(line: String($0)) } }

        /// The last record.
        var summary: Record? { records.last { $0["event.action"] == "capture_summary" } }

        /// The flow records that say how flows ended.
        var flows: [Record] { records.filter { $0["event.action"] == "flow_ended" } }

        /// Lines on standard error.
        var errorLines: [String] { errors.split(separator: "\n").map(String.init) }
    }

    /// The same, with as many arguments as there are.
    static func run(_ arguments: [String]) throws -> Outcome { try launch(BuiltProgram.location, arguments, [:]) }

    /// Runs `portolan` with arguments, and nothing on standard input.
    static func run(_ arguments: String..., environment: [String: String] = [:]) throws -> Outcome {
        try launch(BuiltProgram.location, arguments, environment)
    }

    /// Runs `portolan replay -r FILE… OPTIONS`.
    static func replay(_ files: URL..., options: [String] = [], environment: [String: String] = [:]) throws -> Outcome {
        try launch(BuiltProgram.location, ["replay"] + files.flatMap { ["-r", $0.path] } + options, environment)
    }

    /// Runs a line of bash, in which `$portolan` is the executable and `$1` and so on are the arguments.
    static func shell(_ script: String, _ arguments: String...) throws -> Outcome {
        let environment = ["portolan": BuiltProgram.location.path]
        return try launch(URL(fileURLWithPath: "/bin/bash"), ["-c", script, "bash"] + arguments, environment)
    }

    /// The same with arguments in a list.
    static func shell(_ script: String, _ first: String, _ arguments: [String]) throws -> Outcome {
        let environment = ["portolan": BuiltProgram.location.path]
        return try launch(URL(fileURLWithPath: "/bin/bash"), ["-c", script, "bash", first] + arguments, environment)
    }

    private static func launch(
        _ program: URL,
        _ arguments: [String],
        _ environment: [String: String]
    ) throws -> Outcome {
        let folder = try ScratchFolder()
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        // Width and colours are asked of the environment: what the tester's terminal is must not matter.
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        process.environment = ["PATH": path, "COLUMNS": "80", "LC_ALL": "C.UTF-8", "TERM": "xterm"]
            .merging(environment) { $1 }
        process.currentDirectoryURL = SharedCaptures.project
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try folder.create("output")
        process.standardError = try folder.create("errors")
        try process.run()
        process.waitUntilExit()
        let status =
            process.terminationReason == .uncaughtSignal ? -process.terminationStatus : process.terminationStatus
        return Outcome(status: status, output: try folder.text("output"), errors: try folder.text("errors"))
    }
}
