import Glibc

/// A stream socket in the file system, asked only whether somebody accepts. unix(7)
package enum UnixSocket {
    /// Connects and hangs up without a word; 0, or why that was refused, as errno(3).
    ///
    /// Never waits: a listener that is too busy to accept refuses with EAGAIN.
    package static func connect(_ path: String) -> Int32 {
        guard let address = sockaddr_un(path: path) else { return ENAMETOOLONG }
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        let descriptor = socket(AF_UNIX, kind, 0)
        guard descriptor >= 0 else { return errno }
        defer { close(descriptor) }
        return address.withSocketAddress { Glibc.connect(descriptor, $0, $1) } == 0 ? 0 : errno
    }

    /// Who listens at a path.
    package enum Listener: Hashable, Sendable {
        case nobody
        case process(Int32)
        /// Somebody may: it is busy, in another PID namespace, or cannot be asked. errno(3), or 0.
        case unknown(Int32)
    }

    /// The process that listens at a path.
    ///
    /// The kernel remembers whoever called listen(2). SO_PEERCRED
    package static func listener(_ path: String) -> Listener {
        guard let address = sockaddr_un(path: path) else { return .nobody }
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        let descriptor = socket(AF_UNIX, kind, 0)
        guard descriptor >= 0 else { return .unknown(errno) }
        defer { close(descriptor) }
        guard address.withSocketAddress({ Glibc.connect(descriptor, $0, $1) }) == 0 else {
            return errno == ENOENT || errno == ECONNREFUSED ? .nobody : .unknown(errno)
        }
        // struct ucred: process, user, group, which glibc declares with _GNU_SOURCE only.
        var credentials: (Int32, UInt32, UInt32) = (0, 0, 0)
        var length = socklen_t(MemoryLayout.size(ofValue: credentials))
        guard getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &credentials, &length) == 0 else {
            return .unknown(errno)
        }
        return credentials.0 > 0 ? .process(credentials.0) : .unknown(0)
    }
}
