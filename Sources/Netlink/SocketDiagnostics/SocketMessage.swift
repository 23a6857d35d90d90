import Addressing
import CMnl

/// A TCP or UDP socket, as sock_diag describes it.
///
/// sock_diag(7), linux/inet_diag.h: struct inet_diag_msg, then attributes. Ports and addresses are in network byte order in it,
/// all else is in the host's.
package struct SocketMessage: Hashable, Sendable {
    /// AF_INET or AF_INET6: what the socket was opened as.
    package var family: UInt8
    package var state: SocketState
    /// IPv4 where an IPv6 socket speaks it (RFC 4291, section 2.5.5.2): as packets have it.
    package var local: SocketEnd
    /// All zeros without a peer.
    package var remote: SocketEnd
    /// The inode number that /proc/PID/fd shows as `socket:[number]`; 0 when no process holds it any more.
    package var inode: UInt32
    /// The user that opened it, as the initial user namespace numbers it.
    package var user: UInt32
    /// The interface it is bound to; nil for all.
    package var index: UInt32?
    /// The kernel's own number for it, never given twice.
    package var cookie: UInt64
    /// The inode number of its control group's directory in the v2 hierarchy. Nil on kernels before 5.8, and for what is no
    /// full socket: TIME-WAIT and SYN-RECEIVED.
    package var cgroup: UInt64?
    /// Whether an IPv6 socket refuses IPv4 (IPV6_V6ONLY): without, one on `::` hears 0.0.0.0 as well.
    package var isIPv6Only = false

    package init(
        family: UInt8,
        state: SocketState,
        local: SocketEnd,
        remote: SocketEnd,
        inode: UInt32,
        user: UInt32 = 0
    ) {
        self.family = family
        self.state = state
        self.local = local
        self.remote = remote
        self.inode = inode
        self.user = user
        cookie = 0
    }

    /// Reads what follows the netlink header. Nil for a family or a state that is not known here.
    init?(body: RawSpan) throws(NetlinkError) {
        let operation = "read a socket"
        var attributes = try Attributes(body, after: MemoryLayout<inet_diag_msg>.size, operation: operation)
        family = body.load(UInt8.self, at: 0)
        guard let state = SocketState(rawValue: body.load(UInt8.self, at: 1)) else { return nil }
        self.state = state
        // Sixteen bytes each, of which IPv4 uses the first four.
        let length: Int
        switch Int32(family) {
        case AF_INET: length = 4
        case AF_INET6: length = 16
        default: return nil
        }
        guard
            let near = IPAddress(networkOrder: body.extracting(8..<(8 + length))),
            let far = IPAddress(networkOrder: body.extracting(24..<(24 + length)))
        else { throw .malformed(operation: operation) }
        local = SocketEnd(address: near.unmapped, port: UInt16(bigEndian: body.load(UInt16.self, at: 4)))
        remote = SocketEnd(address: far.unmapped, port: UInt16(bigEndian: body.load(UInt16.self, at: 6)))
        let interface = body.load(UInt32.self, at: 40)
        index = interface == 0 ? nil : interface
        cookie = UInt64(body.load(UInt32.self, at: 44)) | UInt64(body.load(UInt32.self, at: 48)) << 32
        user = body.load(UInt32.self, at: 64)
        inode = body.load(UInt32.self, at: 68)
        while let attribute = try attributes.next() {
            switch attribute.type {
            case Int(INET_DIAG_CGROUP_ID): cgroup = try attribute.integer(UInt64.self)
            case Int(INET_DIAG_SKV6ONLY): isIPv6Only = try attribute.integer(UInt8.self) != 0
            default: break
            }
        }
    }
}

extension IPAddress {
    /// The IPv4 address that an IPv4-mapped IPv6 address stands for; any other as it is.
    fileprivate var unmapped: IPAddress {
        guard case .v6(let address) = self, address.high == 0, address.low >> 32 == 0xffff else { return self }
        return .v4(IPv4Address(bits: UInt32(truncatingIfNeeded: address.low)))
    }
}
