import Glibc

/// The file of a Unix socket.
enum SocketFile {
    /// Makes what `body` makes with mode 0660, for owner and group alone, from its first moment on.
    ///
    /// The mask is the whole process's: files that another thread makes meanwhile are as closed.
    static func masked<Result>(_ body: () throws -> Result) rethrows -> Result {
        let mask = umask(0o117)
        defer { umask(mask) }
        return try body()
    }

    /// Removes a socket at which nobody answers. Returns errno(3) when somebody does, or something else lies there.
    static func remove(abandoned path: String) -> Int32? {
        var status = stat()
        guard lstat(path, &status) == 0 else { return errno == ENOENT ? nil : errno }
        guard status.st_mode & S_IFMT == S_IFSOCK else { return EEXIST }
        if isAnswered(path) { return EADDRINUSE }
        return unlink(path) == 0 || errno == ENOENT ? nil : errno
    }

    private static func isAnswered(_ path: String) -> Bool {
        // Whoever hangs there with all its places taken does not keep us.
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        let descriptor = socket(AF_UNIX, kind, 0)
        guard descriptor >= 0 else { return true }
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let capacity = MemoryLayout.size(ofValue: address.sun_path)
        guard path.utf8.count < capacity else { return false }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        // Whoever refuses has gone; any other failure may be of somebody who is there.
        return result == 0 || errno != ECONNREFUSED
    }
}
