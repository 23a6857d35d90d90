import Containers
import Glibc
import Privilege

/// A file that is written from its beginning to its end. It is its owner's only: labels and names may be nobody else's business.
final class OutputFile {
    /// Why it cannot be written.
    struct Failure: Error, CustomStringConvertible {
        /// What it holds, as people call it.
        var content: String
        var path: String
        /// As errno(3).
        var code: Int32

        var description: String {
            let advice =
                switch code {
                case ENOSPC, EDQUOT: "; free some space and run it again"
                case EEXIST: "; choose another name"
                default: ""
                }
            return unsafe "cannot write the \(content) \(path): \(String(cString: strerror(code)))\(advice)"
        }
    }

    private let content: String
    private let path: String
    private let descriptor: Int32
    private var output: StandardOutput
    /// Removes it, which this thread may be forbidden by then (`ReaderConfinement`); nil for a file that may have been there.
    private let remover: PrivilegedThread?

    /// Whether what was in it is still to go.
    private var isUntouched: Bool

    /// Makes the file, or opens it: what was in it goes with the first write, as until then much may go wrong. Where `isNew`, it must not be
    /// there yet. Its group may read it where `mode` says so.
    init(_ content: String, path: String, isNew: Bool = false, mode: mode_t = 0o600) throws(Failure) {
        self.content = content
        self.path = path
        descriptor = unsafe open(path, O_WRONLY | O_CREAT | (isNew ? O_EXCL : 0) | O_CLOEXEC | O_NOCTTY, mode)
        guard descriptor >= 0 else { throw Failure(content: content, path: path, code: errno) }
        let isRegular = KernelFiles.mode(of: descriptor).map { $0 & S_IFMT == S_IFREG } ?? false
        // One that was there may have been open to others; a device or a pipe is everybody's.
        if isRegular { fchmod(descriptor, mode) }
        isUntouched = isRegular && !isNew
        output = StandardOutput(descriptor: descriptor)
        remover = isNew ? try? PrivilegedThread() : nil
    }

    /// Standard output in place of a file.
    init(standardOutput content: String) throws(Failure) {
        self.content = content
        path = "-"
        descriptor = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1)
        guard descriptor >= 0 else { throw Failure(content: content, path: path, code: errno) }
        output = StandardOutput(descriptor: descriptor)
        isUntouched = false
        remover = nil
    }

    /// Takes back what was begun, of a file that was not there before.
    func discard() { remover?.perform { [path] in _ = unsafe unlink(path) } }

    deinit {
        remover?.end()
        close(descriptor)
    }

    /// Why nothing more can be written.
    var failure: Failure? {
        switch output.failure {
        case nil: nil
        case .brokenPipe: Failure(content: content, path: path, code: EPIPE)
        case .system(let code): Failure(content: content, path: path, code: code)
        }
    }

    /// Hands bytes to the kernel, as far as nothing went wrong before.
    func write(_ bytes: Span<UInt8>) {
        if isUntouched {
            isUntouched = false
            ftruncate(descriptor, 0)
        }
        output.write(bytes)
    }
}
