import Foundation
import Support

/// Where a command can be run in a lab: a node, or a pod on one.
protocol Place: Sendable {
    var name: String { get }
    /// A process that stands there, by its pid here.
    var process: Int32 { get }
    /// Folders of the control groups that what runs there belongs to.
    var groups: [String] { get }
    /// What keeps it alive.
    var program: LabProgram { get }
}

extension Place {
    /// Runs a command and waits for its end. What takes longer than `limit` is ended, and an error.
    func run(_ command: String..., within limit: Duration = .seconds(30)) throws -> Outcome {
        try run(command, within: limit)
    }

    func run(_ command: [String], within limit: Duration = .seconds(30)) throws -> Outcome {
        let outcome = try Running(command, in: self, limit: limit).wait()
        guard outcome.status != Outcome.tooLong else {
            throw LabError("\(name): \(command.joined(separator: " ")) took longer than \(limit): \(outcome.errors)")
        }
        return outcome
    }

    /// Runs a command that must succeed; returns what it printed, without blanks around it.
    @discardableResult
    func output(of command: String..., within limit: Duration = .seconds(30)) throws -> String {
        try output(of: command, within: limit)
    }

    @discardableResult
    func output(of command: [String], within limit: Duration = .seconds(30)) throws -> String {
        let outcome = try run(command, within: limit)
        guard outcome.status == 0 else {
            let said = outcome.errors + outcome.output
            throw LabError("\(name): \(command.joined(separator: " ")) ended with \(outcome.status): \(said)")
        }
        return outcome.output.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Runs a line of sh that must succeed; `$1` and so on are the arguments.
    @discardableResult
    func shell(_ script: String, _ arguments: String...) throws -> String {
        try output(of: ["sh", "-ec", script, "sh"] + arguments)
    }

    /// Starts a command in the background. It ends with the lab at the latest.
    func start(_ command: String...) throws -> Running { try start(command) }

    func start(_ command: [String]) throws -> Running { try Running(command, in: self, limit: nil) }

    /// Starts the program under test, `portolan`, in the background.
    func portolan(_ arguments: String...) throws -> Running {
        try start([BuiltProgram.location.path] + arguments)
    }

    /// Runs `portolan` to its end.
    func runPortolan(_ arguments: String..., within limit: Duration = .seconds(30)) throws -> Outcome {
        try run([BuiltProgram.location.path] + arguments, within: limit)
    }

    /// A command line that enters the place, its control groups first, and does `command` there.
    ///
    /// timeout(1) stays outside the place's PID namespace and its child is inside: it hands on SIGTERM, and reports as the
    /// shell does. To it, a limit of 0 is none.
    func entry(_ command: [String], limit: Duration?) -> [String] {
        let enter = """
            process=$1 limit=$2; shift 2
            while [ "$1" != -- ]; do echo 0 >"$1/cgroup.procs" || exit 125; shift; done
            shift
            exec nsenter --no-fork -t "$process" --pid --mount --net --uts --ipc --cgroup timeout -k 2 "$limit" "$@"
            """
        let seconds = limit.map { Double($0.components.seconds) + Double($0.components.attoseconds) / 1e18 } ?? 0
        return ["/bin/sh", "-c", enter, "sh", String(process), String(seconds)] + groups + ["--"] + command
    }
}
