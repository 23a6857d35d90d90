import Foundation
import Glibc

/// A shell in tmux, as somebody at a terminal has it: typed into, and read off its screen.
///
/// The server is its own, and goes with it.
final class ScreenPane {
    private let folder: LabFolder

    /// A prompt that nothing else on the screen looks like.
    static let prompt = "at-the-shell$"

    init(width: Int, height: Int) throws {
        folder = try LabFolder()
        // No core of a process that a test makes crash, nor what Swift's tools, where they are installed, say for a page and a minute.
        let environment = "SWIFT_BACKTRACE=enable=no PS1='\(Self.prompt) ' HISTFILE="
        let shell = "ulimit -c 0; exec env \(environment) /bin/bash --norc --noprofile"
        try tmux(["new-session", "-d", "-x", "\(width)", "-y", "\(height)", shell])
        try tmux(["set-option", "-g", "status", "off"])
        try wait(for: Self.prompt)
    }

    deinit {
        _ = try? tmux(["kill-server"])
    }

    /// Presses keys by tmux's names for them; a text of several letters is typed.
    func press(_ keys: String...) throws {
        try tmux(["send-keys"] + keys)
    }

    /// Types a line and ends it.
    func enter(_ line: String) throws {
        try tmux(["send-keys", "-l", line])
        try tmux(["send-keys", "Enter"])
    }

    /// What stands on the screen, without the blanks at the ends of its lines.
    var text: String { (try? tmux(["capture-pane", "-p"])) ?? "" }

    /// What tmux knows of the terminal that no screen shows: what a program has left switched on.
    var modes: String {
        get throws {
            let asked = ["alternate_on", "cursor_flag", "mouse_any_flag", "mouse_sgr_flag", "keypad_flag", "wrap_flag"]
            return try tmux(["display-message", "-p", asked.map { "\($0)=#{\($0)}" }.joined(separator: " ")])
        }
    }

    /// Processes that the shell has started and that run.
    var children: [pid_t] {
        get throws {
            let shell = try tmux(["display-message", "-p", "#{pane_pid}"]).trimmingCharacters(
                in: .whitespacesAndNewlines
            )
            let file = URL(fileURLWithPath: "/proc/\(shell)/task/\(shell)/children")
            return try String(contentsOf: file, encoding: .utf8).split(separator: " ").compactMap { pid_t($0) }
        }
    }

    /// Waits until `text` stands on the screen, 30 s at most; an error with what stands there instead.
    func wait(for text: String) throws {
        try wait("\(text) shows") { $0.contains(text) }
    }

    /// Waits until what stands on the screen holds a condition.
    func wait(_ what: String, until holds: (String) -> Bool) throws {
        let deadline = ContinuousClock.now + .seconds(30)
        var last = text
        while !holds(last) {
            guard ContinuousClock.now < deadline else { throw LabError("no sign that \(what):\n\(last)") }
            usleep(50_000)
            last = text
        }
    }

    /// Asks tmux, or tells it something.
    @discardableResult
    private func tmux(_ arguments: [String]) throws -> String {
        let (output, file) = try folder.create()
        defer { try? FileManager.default.removeItem(at: file) }
        let socket = folder.url.appendingPathComponent("tmux").path
        let child = try Child(
            ["/usr/bin/tmux", "-u", "-S", socket, "-f", "/dev/null"] + arguments,
            environment: [
                "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/run/home", "LC_ALL": "C.UTF-8", "SHELL": "/bin/bash",
            ],
            input: FileHandle.nullDevice.fileDescriptor,
            output: output.fileDescriptor,
            errors: output.fileDescriptor
        )
        let status = child.wait()
        let said = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        guard status == 0 else { throw LabError("tmux \(arguments[0]): \(status) \(said)") }
        return said
    }
}
