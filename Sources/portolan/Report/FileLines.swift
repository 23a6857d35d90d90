import Containers
import Custody
import Glibc

/// A file that cannot be read. One line: what, and why.
struct FileFault: Error, CustomStringConvertible {
    var path: String
    var what: String
    /// As errno(3) has it; nil where the system had nothing against it.
    var code: Int32?

    init(_ path: String, _ what: String) {
        self.path = path
        self.what = what
    }

    init(_ path: String, code: Int32) {
        self.init(path, unsafe String(cString: strerror(code)))
        self.code = code
    }

    var description: String { "cannot read \(path): \(what)" }
}

/// The pieces of a file, one after the other. Only of a regular file: a manifest may name anything, and of a pipe nothing may ever
/// come, or of a device no end.
enum FilePieces {
    static func read(_ path: String, _ body: (Span<UInt8>) throws -> Void) throws {
        // Without O_NONBLOCK a pipe would wait for somebody who writes.
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
        guard descriptor >= 0 else { throw FileFault(path, code: errno) }
        defer { close(descriptor) }
        guard let mode = KernelFiles.mode(of: descriptor) else { throw FileFault(path, code: errno) }
        guard mode & S_IFMT == S_IFREG else { throw FileFault(path, "it is no regular file") }
        var piece = [UInt8](repeating: 0, count: 256 << 10)
        while true {
            let count = unsafe piece.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw FileFault(path, code: errno) }
            guard count > 0 else { return }
            try body(piece.span.extracting(0..<count))
        }
    }

    /// All of a file that is small; one that is larger is refused.
    static func all(_ path: String, limit: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        try read(path) { piece in
            guard bytes.count + piece.count <= limit else { throw FileFault(path, "it is larger than \(limit) bytes") }
            for place in piece.indices { bytes.append(piece[place]) }
        }
        return bytes
    }
}

/// The lines of a file, each with its end, the last perhaps without.
enum FileLines {
    static func read(_ path: String, limit: Int, _ body: (Span<UInt8>) -> Void) throws {
        var line: [UInt8] = []
        try FilePieces.read(path) { piece in
            for place in piece.indices {
                line.append(piece[place])
                guard piece[place] == 0x0a else {
                    if line.count > limit { throw FileFault(path, "a line is longer than \(limit) bytes") }
                    continue
                }
                body(line.span)
                line.removeAll(keepingCapacity: true)
            }
        }
        if !line.isEmpty { body(line.span) }
    }
}

/// How large a file is, and its SHA-256.
enum FileDigest {
    static func of(_ path: String) throws -> (size: UInt64, digest: DigestValue) {
        var (size, digest) = (UInt64(0), RunningDigest())
        try FilePieces.read(path) {
            size += UInt64($0.count)
            digest.add($0)
        }
        return (size, digest.value)
    }

    /// Nil when it is longer than that: what follows is not read, as it may be without end.
    static func of(_ path: String, atMost limit: UInt64) throws -> (size: UInt64, digest: DigestValue)? {
        struct Longer: Error {}
        var (size, digest) = (UInt64(0), RunningDigest())
        do {
            try FilePieces.read(path) {
                size += UInt64($0.count)
                guard size <= limit else { throw Longer() }
                digest.add($0)
            }
        } catch is Longer {
            return nil
        }
        return (size, digest.value)
    }
}
