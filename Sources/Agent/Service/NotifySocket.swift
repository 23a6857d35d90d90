import Glibc

/// Where a service manager listens: a datagram socket in the file system, or with `@` in the abstract namespace. unix(7)
struct NotifySocket: Sendable {
    private let address: sockaddr_un
    private let length: socklen_t

    /// Nil when it is no name of such a socket; systemd may also name a VM's (`vsock:`), which we do not speak to.
    init?(name: String) {
        let bytes = Array(name.utf8)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let room = MemoryLayout.size(ofValue: address.sun_path)
        guard bytes.count > 1, bytes.count < room, bytes[0] == UInt8(ascii: "/") || bytes[0] == UInt8(ascii: "@") else {
            return nil
        }
        withUnsafeMutableBytes(of: &address.sun_path) { path in
            path.copyBytes(from: bytes)
            if bytes[0] == UInt8(ascii: "@") { path[0] = 0 }
        }
        self.address = address
        // An abstract name ends where the address does; one more byte would be part of it.
        length = socklen_t(MemoryLayout<sockaddr_un>.size - room + bytes.count)
    }

    /// Sends a datagram, or drops it when it cannot be sent at once.
    func send(_ text: String) {
        let kind = Int32(SOCK_DGRAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        let descriptor = socket(AF_UNIX, kind, 0)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        let bytes = Array(text.utf8)
        withUnsafePointer(to: address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                _ = sendto(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL), address, length)
            }
        }
    }
}
