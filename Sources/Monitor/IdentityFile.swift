package import Addressing
package import Containers
import Glibc
package import Records

/// An identity journal in a file, read along with the packets it explains.
///
/// Looked through once when it is opened, so that a bad line is told before anything else; after that a chunk at a time.
@safe package struct IdentityFile: ~Copyable {
    package let path: String
    private let descriptor: Int32
    private var reader = JournalReader()
    private var waiting: [JournalEntry] = []
    private var next = 0
    private var isAtEnd = false

    /// Opens a file and reads it through. Throws what is wrong with it.
    package init(path: String) throws(IdentityFileError) {
        self.path = path
        descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw IdentityFileError(path: path, reason: .system(errno)) }
        while try readChunk() { waiting.removeAll(keepingCapacity: true) }
        guard lseek(descriptor, 0, SEEK_SET) == 0 else {
            throw IdentityFileError(path: path, reason: .notAFile)
        }
        reader = JournalReader()
        waiting = []
        isAtEnd = false
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// When the interface went that the last `take` stopped at; nil when it came to the time it was to.
    private(set) var departure: Timestamp?

    /// The entries up to a time that have not been given yet, in their order; but none from the first on that says that an interface
    /// went after `moment`, as packets of before may still come that passed it.
    package mutating func take(
        until time: Timestamp,
        departuresUntil moment: Timestamp? = nil
    ) throws(IdentityFileError) -> [JournalEntry] {
        var taken: [JournalEntry] = []
        departure = nil
        while true {
            while next < waiting.count, waiting[next].time <= time {
                if let moment, case .interfaceGone = waiting[next].change, waiting[next].time > moment {
                    departure = waiting[next].time
                    return taken
                }
                taken.append(waiting[next])
                next += 1
            }
            if next < waiting.count || isAtEnd { return taken }
            waiting.removeAll(keepingCapacity: true)
            next = 0
            isAtEnd = try !readChunk()
        }
    }

    /// Reads some more; false at the end.
    private mutating func readChunk() throws(IdentityFileError) -> Bool {
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = unsafe bytes.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
        guard count >= 0 else { throw IdentityFileError(path: path, reason: .system(errno)) }
        var found: [JournalEntry] = []
        do throws(JournalError) {
            if count == 0 {
                try reader.finish { found.append($0) }
            } else {
                try reader.read(bytes.span.extracting(0..<count)) { found.append($0) }
            }
        } catch {
            throw IdentityFileError(path: path, reason: .journal(error))
        }
        waiting += found
        return count > 0
    }
}

/// Why a journal cannot be read. Renders as one line: what, where, and what to do.
package struct IdentityFileError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Reason: Hashable, Sendable {
        /// As errno(3).
        case system(Int32)
        /// A pipe or the like, which cannot be read twice.
        case notAFile
        case journal(JournalError)
    }

    package var path: String
    package var reason: Reason

    package var description: String {
        switch reason {
        case .system(let code): unsafe "cannot read \(path): \(String(cString: strerror(code)))"
        case .notAFile: "cannot read \(path) twice; give a file, not a pipe"
        case .journal(let error):
            "\(path): \(error); it was to be an identity journal, as portolan run --journal writes"
        }
    }
}
