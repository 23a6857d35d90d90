import Addressing
import Glibc

@testable import Netlink

/// UDP between namespaces of a test.
final class DatagramSocket {
    private let socket: LiveSocket
    private let isIPv6: Bool

    /// In the namespace of the calling thread, bound to a port of all addresses of a family.
    init(isIPv6: Bool = false, port: UInt16 = 0) throws {
        self.isIPv6 = isIPv6
        socket = try LiveSocket(LiveSocket.datagram, isIPv6: isIPv6, isIPv6Only: isIPv6, isLoopback: false, port: port)
    }

    /// Sends one; 0, or what sendto(2) failed with: EPERM when a rule on the way out drops it.
    @discardableResult
    func send(_ payload: [UInt8] = [0x78], to address: IPAddress, port: UInt16) -> Int32 {
        let octets = address.networkOrder
        // struct sockaddr_in, struct sockaddr_in6: family, port, and the address behind a flow label if there is one.
        var bytes = [UInt8(isIPv6 ? AF_INET6 : AF_INET), 0, UInt8(port >> 8), UInt8(port & 255)]
        bytes += isIPv6 ? [0, 0, 0, 0] + octets + [0, 0, 0, 0] : octets + [UInt8](repeating: 0, count: 8)
        let sent = unsafe bytes.withUnsafeBytes { bytes in
            unsafe sendto(
                socket.descriptor,
                payload,
                payload.count,
                0,
                bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self),
                socklen_t(bytes.count)
            )
        }
        return sent == payload.count ? 0 : errno
    }

    /// Sends until one arrives, within half a minute; false when none does. What arrives is taken, until nothing
    /// has come for 100 ms: what waited for a neighbour to be found comes after the first one.
    ///
    /// A link comes up when the kernel gets to it, which may take long while many others are made and taken down.
    func reaches(_ receiver: DatagramSocket, at address: IPAddress, port: UInt16) -> Bool {
        for _ in 0..<600 {
            send(to: address, port: port)
            if receiver.receives(within: 50) {
                while receiver.receives(within: 100) {}
                return true
            }
        }
        return false
    }

    /// Takes one that has come, or comes within so many milliseconds; false when none does.
    func receives(within milliseconds: Int32) -> Bool {
        var wanted = pollfd(fd: socket.descriptor, events: Int16(POLLIN), revents: 0)
        guard unsafe poll(&wanted, 1, milliseconds) == 1 else { return false }
        var octet: UInt8 = 0
        return unsafe recv(socket.descriptor, &octet, 1, 0) >= 0
    }
}
