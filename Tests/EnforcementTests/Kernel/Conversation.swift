import Glibc
import Testing

/// A TCP connection over IPv4 between two namespaces, and the socket that waits for more.
final class Conversation {
    private let listener: Int32
    private let client: Int32
    private let server: Int32
    private let address: String
    private let port: UInt16
    private let caller: KernelSpace

    /// Throws when the connection is not there within 5 s.
    init(from caller: KernelSpace, to callee: KernelSpace, at address: String, _ port: UInt16) throws {
        (self.caller, self.address, self.port) = (caller, address, port)
        let listener = try callee.perform { socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0) }
        var place = Self.place("0.0.0.0", port)
        let length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = unsafe withUnsafePointer(to: &place) {
            unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe bind(listener, $0, length) }
        }
        try #require(isBound == 0 && listen(listener, 8) == 0, "errno \(errno)")
        client = try #require(try Self.connect(from: caller, address, port), "no connection")
        self.listener = listener
        server = accept(listener, nil, nil)
        try #require(server >= 0)
    }

    deinit {
        for descriptor in [client, server, listener] { close(descriptor) }
    }

    /// Whether an octet arrives from each end at the other within 5 s.
    func carries() -> Bool { Self.carries(from: client, to: server) && Self.carries(from: server, to: client) }

    /// Whether another connection comes to be within 5 s, or 1 s for one that must not.
    func another(within milliseconds: Int32 = 5000) throws -> Bool {
        guard let socket = try Self.connect(from: caller, address, port, within: milliseconds) else { return false }
        close(socket)
        return true
    }

    private static func carries(from: Int32, to: Int32) -> Bool {
        guard unsafe send(from, "x", 1, Int32(MSG_NOSIGNAL)) == 1 else { return false }
        var wanted = pollfd(fd: to, events: Int16(POLLIN), revents: 0)
        guard unsafe poll(&wanted, 1, 5000) == 1 else { return false }
        var octet: UInt8 = 0
        return unsafe recv(to, &octet, 1, 0) == 1
    }

    private static func connect(
        from space: KernelSpace,
        _ address: String,
        _ port: UInt16,
        within milliseconds: Int32 = 5000
    ) throws -> Int32? {
        let flags = SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue
        let descriptor = try space.perform { socket(AF_INET, Int32(flags), 0) }
        var place = Self.place(address, port)
        let length = socklen_t(MemoryLayout<sockaddr_in>.size)
        _ = unsafe withUnsafePointer(to: &place) {
            unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe Glibc.connect(descriptor, $0, length) }
        }
        var wanted = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        var code: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        if unsafe poll(&wanted, 1, milliseconds) == 1,
            unsafe getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &size) == 0, code == 0
        {
            // What is read later may block.
            _ = fcntl(descriptor, F_SETFL, 0)
            return descriptor
        }
        close(descriptor)
        return nil
    }

    private static func place(_ address: String, _ port: UInt16) -> sockaddr_in {
        var place = sockaddr_in()
        place.sin_family = sa_family_t(AF_INET)
        place.sin_port = port.bigEndian
        unsafe inet_pton(AF_INET, address, &place.sin_addr)
        return place
    }
}
