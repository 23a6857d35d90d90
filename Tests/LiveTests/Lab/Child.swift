import Foundation
import Glibc
import Synchronization

/// A process started by the tests.
///
/// Not Foundation's: that one hands on the signal mask of the thread it is started from, and threads of a pool block nearly all
/// signals, so that the child heeds no SIGTERM.
final class Child: Sendable {
    let processIdentifier: pid_t
    /// As a shell has it; nil while it was not waited for.
    private let status = Mutex<Int32?>(nil)

    /// Starts a program by its path. Descriptors become its standard input, output and errors; no other is handed on.
    init(_ command: [String], environment: [String: String], input: Int32, output: Int32, errors: Int32) throws {
        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        unsafe posix_spawnattr_setsigmask(&attributes, &signals)
        unsafe sigfillset(&signals)
        unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
        unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        for (number, descriptor) in [input, output, errors].enumerated() {
            unsafe posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(number))
        }
        for descriptor in Self.inheritable() { unsafe posix_spawn_file_actions_addclose(&actions, descriptor) }

        var arguments = unsafe command.map { unsafe strdup($0) } + [nil]
        var variables = unsafe environment.map { unsafe strdup("\($0)=\($1)") } + [nil]
        defer { unsafe (arguments + variables).forEach { unsafe free($0) } }
        var process: pid_t = 0
        let code = unsafe posix_spawn(&process, command[0], &actions, &attributes, &arguments, &variables)
        guard code == 0 else { throw LabError("\(command[0]) does not start: error \(code)") }
        processIdentifier = process
    }

    var isRunning: Bool { end(waiting: false) == nil }

    /// Waits for its end, and tells it as a shell does: above 128 it was a signal.
    func wait() -> Int32 { end(waiting: true) ?? 0 }

    /// Sends it a signal, if it runs.
    func signal(_ number: Int32) {
        status.withLock { if $0 == nil { kill(processIdentifier, number) } }
    }

    /// Descriptors of this process that a child would get: one that kept a pipe of another test open would hold that up.
    private static func inheritable() -> [Int32] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
        return names.compactMap { Int32($0) }.filter { number in
            let flags = fcntl(number, F_GETFD)
            return number > 2 && flags >= 0 && flags & FD_CLOEXEC == 0
        }
    }

    private func end(waiting: Bool) -> Int32? {
        if let known = status.withLock({ $0 }) { return known }
        // It is left to be reaped with the lock held, so that no signal goes to another process of its number.
        var information = unsafe siginfo_t()
        let flags = WEXITED | WNOWAIT | (waiting ? 0 : WNOHANG)
        while unsafe waitid(P_PID, id_t(processIdentifier), &information, flags) != 0, errno == EINTR {}
        return status.withLock { status in
            if let known = status { return known }
            var word: Int32 = 0
            guard unsafe waitpid(processIdentifier, &word, WNOHANG) != 0 else { return nil }
            status = word & 0x7f == 0 ? word >> 8 & 0xff : 128 + word & 0x7f
            return status
        }
    }
}
