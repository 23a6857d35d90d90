import Glibc

/// Standard output: whole buffers go out with write(2), and what stops it is remembered. SIGPIPE must be ignored.
struct StandardOutput: ~Copyable {
    /// Why nothing more can be written.
    enum Failure: Equatable, Sendable {
        /// The reader has left: no failure of ours.
        case brokenPipe
        /// As errno(3).
        case system(Int32)
    }

    private(set) var failure: Failure?
    private let descriptor: Int32

    init(descriptor: Int32 = STDOUT_FILENO) {
        self.descriptor = descriptor
    }

    /// Writes everything, or notes why it could not; further calls then do nothing.
    mutating func write(_ bytes: Span<UInt8>) {
        guard failure == nil else { return }
        var offset = 0
        while offset < bytes.count {
            let written = unsafe bytes.withUnsafeBufferPointer { buffer in
                unsafe Glibc.write(descriptor, buffer.baseAddress.map { unsafe $0 + offset }, buffer.count - offset)
            }
            if written > 0 {
                offset += written
                continue
            }
            let code = errno
            if code == EINTR { continue }
            if code == EAGAIN {
                waitForRoom()
                continue
            }
            failure = code == EPIPE ? .brokenPipe : .system(code)
            return
        }
    }

    /// Whoever gave us standard output may have made it non-blocking.
    private func waitForRoom() {
        var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = unsafe poll(&request, 1, -1)
    }

    /// Writes text.
    mutating func write(_ text: String) {
        write(Array(text.utf8).span)
    }

    /// The exit status its failure asks for, after saying on standard error what happened.
    func conclude() -> Int32? { Self.conclude(failure) }

    static func conclude(_ failure: Failure?) -> Int32? {
        switch failure {
        case nil: return nil
        case .brokenPipe: return ExitStatus.done
        case .system(let code):
            let what = unsafe String(cString: strerror(code))
            let advice = code == ENOSPC || code == EDQUOT ? "; free some space and run it again" : ""
            StandardError.say("cannot write to standard output: \(what)\(advice)")
            return ExitStatus.failed
        }
    }
}

/// Standard error: one line at a time, under the command's name.
enum StandardError {
    static func say(_ message: String) {
        write("portolan: \(Printable.text(message))\n")
    }

    /// Text without the end of its line: a question, whose answer stands behind it.
    static func ask(_ text: String) { write(Printable.text(text)) }

    static func write(_ text: String) {
        let bytes = Array(text.utf8)
        _ = unsafe bytes.withUnsafeBufferPointer { buffer in
            unsafe Glibc.write(STDERR_FILENO, buffer.baseAddress, buffer.count)
        }
    }

    static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }
}

/// What a run came to, for whoever started it.
enum ExitStatus {
    static let done: Int32 = 0
    static let failed: Int32 = 1
    static let noInput: Int32 = 2
    /// Done, and an alert was as severe as `--fail-on` says.
    static let met: Int32 = 3
    static let denied: Int32 = 4
    static let usage: Int32 = 64
}
