import Glibc

/// A stream socket in the file system, asked only whether somebody accepts. unix(7)
enum UnixSocket {
    /// Connects and hangs up without a word. Never waits: a listener that is too busy to accept refuses with EAGAIN.
    static func connect(_ path: String) -> HostFacts.Runtime.Answer {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        let fits = unsafe withUnsafeMutableBytes(of: &address.sun_path) { room in
            guard bytes.count < room.count else { return false }
            unsafe room.copyBytes(from: bytes)
            return true
        }
        guard fits else { return .refused(ENAMETOOLONG) }
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        let descriptor = socket(AF_UNIX, kind, 0)
        guard descriptor >= 0 else { return .refused(errno) }
        defer { close(descriptor) }
        let status = unsafe withUnsafePointer(to: &address) { address in
            unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                unsafe Glibc.connect(descriptor, address, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        let code = errno
        if status == 0 { return .connected }
        return code == ENOENT || code == ENOTDIR ? .noSocket : .refused(code)
    }
}
