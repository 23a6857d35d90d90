import Glibc

/// A graph that somebody saved with `portolan graph -o json`.
enum BaselineFile {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Bytes that are read at most: a graph at its bounds is some 60 MB.
    private static var limit: Int { 256 << 20 }

    static func read(_ path: String) throws(Failure) -> [UInt8] {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure(description: unsafe String(cString: strerror(errno))) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = unsafe Glibc.read(descriptor, &buffer, buffer.count)
            if count == 0 { return bytes }
            guard count > 0 else { throw Failure(description: unsafe String(cString: strerror(errno))) }
            bytes += buffer.prefix(count)
            if bytes.count > limit { throw Failure(description: "is too large for a graph") }
        }
    }
}
