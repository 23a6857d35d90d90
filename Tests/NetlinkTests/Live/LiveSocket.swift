import CMnl
import Glibc

/// A socket of the test's own, closed with it.
final class LiveSocket {
    let descriptor: Int32

    /// Bound to a port of an address of `::1`, `127.0.0.1` or, when nil, of all.
    init(
        _ kind: Int32,
        isIPv6: Bool = false,
        isIPv6Only: Bool = false,
        isLoopback: Bool = true,
        port: UInt16 = 0
    ) throws {
        descriptor = Glibc.socket(isIPv6 ? AF_INET6 : AF_INET, kind | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw Failure(code: errno) }
        var only: Int32 = isIPv6Only ? 1 : 0
        if isIPv6 { unsafe setsockopt(descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY, &only, 4) }
        guard unsafe Self.withAddress(isIPv6, isLoopback, port, { unsafe bind(descriptor, $0, $1) }) == 0 else {
            throw Failure(code: errno)
        }
    }

    struct Failure: Error {
        var code: Int32
    }

    deinit {
        close(descriptor)
    }

    static var stream: Int32 { Int32(SOCK_STREAM.rawValue) }
    static var datagram: Int32 { Int32(SOCK_DGRAM.rawValue) }

    func listen() throws {
        guard Glibc.listen(descriptor, 128) == 0 else { throw Failure(code: errno) }
    }

    /// To a port of the loopback address of either family.
    func connect(isIPv6: Bool = false, port: UInt16) throws {
        guard unsafe Self.withAddress(isIPv6, true, port, { unsafe Glibc.connect(descriptor, $0, $1) }) == 0 else {
            throw Failure(code: errno)
        }
    }

    /// The connection that came first and nobody has taken yet.
    func accept() throws -> LiveSocket {
        let accepted = Glibc.accept(descriptor, nil, nil)
        guard accepted >= 0 else { throw Failure(code: errno) }
        return LiveSocket(descriptor: accepted)
    }

    private init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// Its own port.
    var port: UInt16 {
        var address = sockaddr_in6()
        var length = socklen_t(MemoryLayout<sockaddr_in6>.size)
        _ = unsafe withUnsafeMutableBytes(of: &address) { bytes in
            // The port lies at the same place in both families' addresses.
            unsafe getsockname(descriptor, bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self), &length)
        }
        return UInt16(bigEndian: address.sin6_port)
    }

    /// What went wrong with it since it was asked last; 0 is nothing. socket(7), SO_ERROR
    var pendingError: Int32 {
        var code: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        return unsafe getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &length) == 0 ? code : errno
    }

    /// What fstat(2) calls it, and /proc/PID/fd.
    var inode: UInt64 {
        var file = stat()
        return unsafe fstat(descriptor, &file) == 0 ? UInt64(file.st_ino) : 0
    }

    private static func withAddress(
        _ isIPv6: Bool,
        _ isLoopback: Bool,
        _ port: UInt16,
        _ body: (UnsafePointer<sockaddr>?, socklen_t) -> Int32
    ) -> Int32 {
        var bytes = [UInt8](repeating: 0, count: isIPv6 ? 28 : 16)
        bytes[0] = UInt8(isIPv6 ? AF_INET6 : AF_INET)
        bytes[2] = UInt8(port >> 8)
        bytes[3] = UInt8(port & 255)
        if isLoopback, isIPv6 { bytes[23] = 1 }
        if isLoopback, !isIPv6 { bytes.replaceSubrange(4..<8, with: [127, 0, 0, 1]) }
        return unsafe bytes.withUnsafeBytes { raw in
            unsafe body(raw.baseAddress?.assumingMemoryBound(to: sockaddr.self), socklen_t(raw.count))
        }
    }
}
