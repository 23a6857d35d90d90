import Foundation
import Glibc
import Testing

/// A program the test started, in the network namespace of the thread that did.
///
/// Foundation's `Process` waits for ever now and then when several threads use it at once, and its children inherit each
/// other's pipes: here what a program prints goes into a file of its own.
final class ChildProcess {
    let identifier: pid_t
    private let output: String
    private var status: Int32?

    /// `arguments` begin with the program's path.
    init(_ arguments: [String]) throws {
        output = NSTemporaryDirectory() + "portolan-netlink-\(UUID().uuidString)"
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        let flags = O_WRONLY | O_CREAT | O_TRUNC
        unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        unsafe posix_spawn_file_actions_addopen(&actions, 1, output, flags, 0o600)
        unsafe posix_spawn_file_actions_addopen(&actions, 2, output + ".errors", flags, 0o600)
        var words = unsafe arguments.map { unsafe strdup($0) } + [nil]
        defer { unsafe words.forEach { unsafe free($0) } }
        var child: pid_t = 0
        let code = unsafe posix_spawn(&child, arguments[0], &actions, nil, &words, environ)
        try #require(code == 0, "\(arguments)")
        identifier = child
    }

    deinit {
        if status == nil {
            kill(identifier, SIGKILL)
            _ = wait()
        }
        try? FileManager.default.removeItem(atPath: output)
        try? FileManager.default.removeItem(atPath: output + ".errors")
    }

    /// What it printed, when it has ended well.
    func printed() throws -> String {
        let status = wait()
        let complaint = try String(contentsOfFile: output + ".errors", encoding: .utf8)
        try #require(status == 0, "\(complaint)")
        return try String(contentsOfFile: output, encoding: .utf8)
    }

    /// Whether it has ended well.
    var isWell: Bool { wait() == 0 }

    /// What it complained of, when it has ended badly.
    func complaint() throws -> String {
        let status = wait()
        try #require(status != 0)
        return try String(contentsOfFile: output + ".errors", encoding: .utf8)
    }

    /// Waits for its end. Zero when it ended well. wait(2).
    private func wait() -> Int32 {
        if let status { return status }
        var status: Int32 = 0
        while unsafe waitpid(identifier, &status, 0) < 0, errno == EINTR {}
        self.status = status
        return status
    }
}
