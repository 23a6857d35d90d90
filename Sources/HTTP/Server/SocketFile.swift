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

    /// Removes a socket at which nobody answers. Throws `.connection` when somebody does, or something else lies there.
    static func remove(abandoned path: String) throws(HTTPFailure) {
        let failure = { (code: Int32) in HTTPFailure.connection(path: path, code: code) }
        var status = stat()
        guard lstat(path, &status) == 0 else {
            if errno == ENOENT { return }
            throw failure(errno)
        }
        guard status.st_mode & S_IFMT == S_IFSOCK else { throw failure(EEXIST) }
        // Whoever refuses has gone; any other failure may be of somebody who is there.
        guard UnixSocket.connect(path) == ECONNREFUSED else { throw failure(EADDRINUSE) }
        guard unlink(path) == 0 || errno == ENOENT else { throw failure(errno) }
    }
}
