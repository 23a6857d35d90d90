import Addressing
import CMnl
import Glibc

/// A transport whose sockets the kernel lists; numbers as IANA registers them.
package enum SocketProtocol: UInt8, Hashable, Sendable, CaseIterable {
    case tcp = 6
    case udp = 17
}

extension NetlinkSocket {
    /// Hands over every socket of the socket's namespace that is in one of the states. Needs a `.socketDiagnostics` socket.
    ///
    /// With `isIPv6` those opened as IPv6 ones, which may speak IPv4; with a `port` those bound to it. Sockets that come or go meanwhile may be missed.
    /// Throws `.absent` when the kernel cannot list this protocol's.
    package mutating func dumpSockets(
        _ transport: SocketProtocol,
        isIPv6: Bool,
        in states: SocketStates,
        port: UInt16 = 0,
        _ body: (SocketMessage) -> Void
    ) throws(NetlinkError) {
        var header = Self.header(transport, isIPv6: isIPv6)
        header.idiag_states = states.rawValue
        header.id.idiag_sport = port.bigEndian
        let request = NetlinkRequest(Int(SOCK_DIAG_BY_FAMILY), flags: NLM_F_DUMP, header)
        do throws(NetlinkError) {
            try exchange(request, for: "list sockets") { (message) throws(NetlinkError) in
                guard message.type == UInt16(SOCK_DIAG_BY_FAMILY) else { return }
                if let socket = try SocketMessage(body: message.body) { body(socket) }
            }
        } catch .refused(_, ENOENT, _) {
            throw .absent(operation: "list sockets")
        }
    }

    /// The TCP or UDP sockets of both families in these states.
    package mutating func sockets(
        _ transport: SocketProtocol,
        in states: SocketStates
    ) throws(NetlinkError) -> [SocketMessage] {
        var sockets: [SocketMessage] = []
        for isIPv6 in [false, true] {
            try dumpSockets(transport, isIPv6: isIPv6, in: states) { sockets.append($0) }
        }
        return sockets
    }

    /// The socket that would get a packet from `remote` to `local`: the connection between them, or else who waits there.
    ///
    /// One look-up in the kernel's own table, whatever the number of sockets. Nil when there is none, the ends are of two
    /// families, or the kernel cannot list this protocol's (`dumpSockets` tells). `index` is the interface the packet would come in by, which matters only to sockets bound to one.
    package mutating func socket(
        _ transport: SocketProtocol,
        local: SocketEnd,
        remote: SocketEnd,
        index: UInt32 = 0
    ) throws(NetlinkError) -> SocketMessage? {
        guard local.address.isIPv6 == remote.address.isIPv6 else { return nil }
        var header = Self.header(transport, isIPv6: local.address.isIPv6)
        header.idiag_states = .max
        // For UDP the kernel takes the ends the other way round ("for historical reasons", net/ipv4/udp_diag.c).
        let (near, far) = transport == .udp ? (remote, local) : (local, remote)
        header.id.idiag_sport = near.port.bigEndian
        header.id.idiag_dport = far.port.bigEndian
        header.id.idiag_src = near.address.networkWords
        header.id.idiag_dst = far.address.networkWords
        header.id.idiag_if = index
        // INET_DIAG_NOCOOKIE: whichever it is.
        header.id.idiag_cookie = (.max, .max)
        let request = NetlinkRequest(Int(SOCK_DIAG_BY_FAMILY), flags: NLM_F_ACK, header)
        return try orNil(for: ENOENT) { (socket) throws(NetlinkError) in
            var found: SocketMessage?
            try socket.exchange(request, for: "find a socket") { (message) throws(NetlinkError) in
                guard message.type == UInt16(SOCK_DIAG_BY_FAMILY) else { return }
                found = try SocketMessage(body: message.body)
            }
            return found
        }
    }

    /// Ends a socket as if the other end had reset it: whoever holds it gets ECONNABORTED. False when it is gone. SOCK_DESTROY
    ///
    /// Needs CAP_NET_ADMIN in the socket's namespace; throws `.absent` when this kernel cannot (CONFIG_INET_DIAG_DESTROY).
    package mutating func endSocket(
        _ socket: SocketMessage,
        _ transport: SocketProtocol
    ) throws(NetlinkError) -> Bool {
        let isIPv6 = Int32(socket.family) == AF_INET6
        var header = Self.header(transport, isIPv6: isIPv6)
        header.idiag_states = .max
        header.id.idiag_sport = socket.local.port.bigEndian
        header.id.idiag_dport = socket.remote.port.bigEndian
        header.id.idiag_src = isIPv6 ? socket.local.address.mapped : socket.local.address.networkWords
        header.id.idiag_dst = isIPv6 ? socket.remote.address.mapped : socket.remote.address.networkWords
        header.id.idiag_if = socket.index ?? 0
        // The kernel's own number for it: another one with the same ends is left alone.
        header.id.idiag_cookie = (
            UInt32(truncatingIfNeeded: socket.cookie), UInt32(truncatingIfNeeded: socket.cookie >> 32)
        )
        let request = NetlinkRequest(Int(SOCK_DESTROY), flags: NLM_F_ACK, header)
        let operation = "end a socket"
        do throws(NetlinkError) {
            try exchange(request, for: operation) { _ in }
            return true
        } catch .refused(_, ENOENT, _) {
            return false
        } catch .refused(_, EOPNOTSUPP, _) {
            throw .absent(operation: operation)
        }
    }

    private static func header(_ transport: SocketProtocol, isIPv6: Bool) -> inet_diag_req_v2 {
        var header = inet_diag_req_v2()
        header.sdiag_family = UInt8(isIPv6 ? AF_INET6 : AF_INET)
        header.sdiag_protocol = transport.rawValue
        return header
    }
}

extension IPAddress {
    /// The same of an IPv6 socket, which may speak IPv4. RFC 4291, section 2.5.5.2
    fileprivate var mapped: (UInt32, UInt32, UInt32, UInt32) {
        guard case .v4(let address) = self else { return networkWords }
        return (0, 0, UInt32(0xffff).bigEndian, address.bits.bigEndian)
    }

    /// As struct inet_diag_sockid has it: network byte order, IPv4 in the first of four words.
    fileprivate var networkWords: (UInt32, UInt32, UInt32, UInt32) {
        switch self {
        case .v4(let address): (address.bits.bigEndian, 0, 0, 0)
        case .v6(let address):
            (
                UInt32(truncatingIfNeeded: address.high >> 32).bigEndian,
                UInt32(truncatingIfNeeded: address.high).bigEndian,
                UInt32(truncatingIfNeeded: address.low >> 32).bigEndian,
                UInt32(truncatingIfNeeded: address.low).bigEndian
            )
        }
    }
}
