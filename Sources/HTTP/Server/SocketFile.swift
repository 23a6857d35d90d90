import Glibc

/// A Unix socket bound at a path, and its file. unix(7)
struct SocketFile: Sendable {
    /// Which file it is, whatever its name: where it lies, and its number there.
    private struct Identity: Hashable, Sendable {
        var device: UInt64
        var inode: UInt64
    }

    let path: String
    /// Bound, and not yet listening. Whoever has it closes it.
    let descriptor: Int32
    /// Why the file could not be given to the group that was wanted, as errno(3); nil when it was, or none was wanted.
    let groupFailure: Int32?
    private let identity: Identity

    /// Binds a socket at a path that must be free, with mode 0660: for owner and group alone, from its first moment on.
    ///
    /// Nobody can connect before somebody listens, and by then the file has its group. Throws `.connection` with errno(3).
    init(at path: String, group: UInt32?) throws(HTTPFailure) {
        let failure = { (code: Int32) in HTTPFailure.connection(path: path, code: code) }
        guard let address = sockaddr_un(path: path) else { throw failure(ENAMETOOLONG) }
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        let descriptor = socket(AF_UNIX, kind, 0)
        guard descriptor >= 0 else { throw failure(errno) }
        let status = Self.masked { address.withSocketAddress { bind(descriptor, $0, $1) } }
        guard status == 0, let identity = Self.identity(of: path) else {
            let code = errno
            close(descriptor)
            throw failure(code)
        }
        self.path = path
        self.descriptor = descriptor
        self.identity = identity
        // -1 leaves the owner as he is.
        let isGiven = group.map { lchown(path, .max, $0) == 0 } ?? true
        groupFailure = isGiven ? nil : errno
    }

    /// What lies at the path now.
    enum Whereabouts {
        case ours, nothing, another
    }

    var whereabouts: Whereabouts {
        guard let found = Self.identity(of: path) else { return errno == ENOENT ? .nothing : .another }
        return found == identity ? .ours : .another
    }

    /// Removes the file, if it is still this one.
    func remove() {
        if whereabouts == .ours { unlink(path) }
    }

    private static func identity(of path: String) -> Identity? {
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        return Identity(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
    }

    /// The mask is the whole process's: files that another thread makes meanwhile are as closed.
    private static func masked<Result>(_ body: () -> Result) -> Result {
        let mask = umask(0o117)
        defer { umask(mask) }
        return body()
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
