import Foundation
import Support

/// One pane of a tmux server of its own, with a shell in it.
final class TmuxPane {
    let folder: String
    private let server = "portolan-\(UUID().uuidString.prefix(8))"

    init(width: Int, height: Int) throws {
        folder = NSTemporaryDirectory() + server
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let shell = "env -i PATH=/usr/bin:/bin TERM=tmux-256color LANG=C.UTF-8 SWIFT_BACKTRACE=enable=no PS1='$ ' sh"
        _ = try tmux("-f", "/dev/null", "new-session", "-d", "-x", "\(width)", "-y", "\(height)", shell)
    }

    deinit {
        _ = try? tmux("kill-server")
        try? FileManager.default.removeItem(atPath: folder)
    }

    @discardableResult
    private func tmux(_ arguments: String...) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/tmux")
        process.arguments = ["-L", server] + arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        process.environment = ["PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TERM": "xterm-256color"]
        try process.run()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A key by tmux's name for it.
    func press(_ key: String) { _ = try? tmux("send-keys", key) }

    func type(_ text: String) { _ = try? tmux("send-keys", "-l", text) }

    var screen: String { (try? tmux("capture-pane", "-p")) ?? "" }

    /// What the program that ran last left on.
    var flags: String {
        let format = "alternate #{alternate_on}, cursor #{cursor_flag}, mouse #{mouse_any_flag}"
        return ((try? tmux("display-message", "-p", format)) ?? "").trimmingCharacters(in: .newlines)
    }

    /// What stty(1) wrote into a file; nil before it did.
    func settings(_ name: String) -> String? {
        let text = try? String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
        return text?.isEmpty == false ? text : nil
    }

    /// Sends a signal to the program that runs in the pane, by what stands on its command line.
    func kill(_ signal: String, _ words: String) throws {
        let shell = try tmux("display-message", "-p", "#{pane_pid}").trimmingCharacters(in: .newlines)
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/pkill")
        process.arguments = ["-\(signal)", "-P", shell, "-f", words]
        try process.run()
        process.waitUntilExit()
    }

    /// Waits until the screen holds something; an error with the screen when it does not in time.
    func wait(_ what: String, _ condition: (String) -> Bool) throws {
        let deadline = ContinuousClock.now + .seconds(30)
        while true {
            let screen = screen
            if condition(screen) { return }
            guard ContinuousClock.now < deadline else { throw LabError("no sign that \(what):\n\(screen)") }
            usleep(100_000)
        }
    }
}
