import Glibc

/// Reads a file whole, when it is a plain one and has no more than `limit` bytes; nil otherwise.
///
/// A link at the end of the path is not followed, and what would block is not waited for: a container may have put it there.
func readFile(_ path: String, limit: Int) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    var bytes: [UInt8] = []
    // Files under /proc have no size, others may grow meanwhile.
    while bytes.count <= limit {
        let part = [UInt8](unsafeUninitializedCapacity: 64 << 10) { buffer, count in
            count = max(read(descriptor, buffer.baseAddress, buffer.count), 0)
        }
        if part.isEmpty { return bytes }
        bytes += part
    }
    return nil
}
