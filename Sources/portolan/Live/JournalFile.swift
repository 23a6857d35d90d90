import Containers
import Glibc
import Records

/// The file that the identity journal is written to while it grows, as JSON Lines.
final class JournalFile {
    /// Why the journal cannot be written.
    struct Failure: Error, CustomStringConvertible {
        var path: String
        /// As errno(3).
        var code: Int32

        var description: String {
            let advice = code == ENOSPC || code == EDQUOT ? "; free some space and run it again" : ""
            return unsafe "cannot write the journal \(path): \(String(cString: strerror(code)))\(advice)"
        }
    }

    private let path: String
    private let descriptor: Int32
    private var output: StandardOutput
    private var writer = JournalWriter()

    /// Makes the file, or empties it. Labels may be nobody else's business: it is its owner's only.
    init(path: String) throws(Failure) {
        self.path = path
        descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOCTTY, 0o600)
        guard descriptor >= 0 else { throw Failure(path: path, code: errno) }
        output = StandardOutput(descriptor: descriptor)
    }

    deinit {
        close(descriptor)
    }

    /// Why nothing more can be written.
    var failure: Failure? {
        switch output.failure {
        case nil: nil
        case .brokenPipe: Failure(path: path, code: EPIPE)
        case .system(let code): Failure(path: path, code: code)
        }
    }

    func write(_ entry: JournalEntry) {
        writer.write(entry)
        if writer.count >= JSONRecordWriter.pieceSize { flush() }
    }

    /// Hands all lines so far to the kernel.
    func flush() {
        writer.drain { output.write($0) }
    }
}
