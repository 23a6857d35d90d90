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
}
