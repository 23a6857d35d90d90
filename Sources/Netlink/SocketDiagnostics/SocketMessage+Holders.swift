import Addressing
import CMnl

/// Whose an end of a connection is.
extension NetlinkSocket {
    /// The sockets that packets from `local` to `remote` may come from: the connection's own, or for UDP without a connection
    /// all that are bound there. Empty when there is none, as when the connection is over.
    package mutating func senders(
        _ transport: SocketProtocol,
        local: SocketEnd,
        remote: SocketEnd
    ) throws(NetlinkError) -> [SocketMessage] {
        guard let found = try socket(transport, local: local, remote: remote) else { return [] }
        if found.isConnection(local: local, remote: remote) { return [found] }
        guard transport == .udp, found.state == .closed else { return [] }
        // The kernel names the one that would get an answer; whoever shares its port may have sent it.
        return try unconnected(local)
    }

    /// The socket that packets from `remote` to `local` go to: the connection's own once somebody has accepted it, until then
    /// and for UDP whoever waits there.
    package mutating func receiver(
        _ transport: SocketProtocol,
        local: SocketEnd,
        remote: SocketEnd
    ) throws(NetlinkError) -> SocketMessage? {
        guard let found = try socket(transport, local: local, remote: remote) else { return nil }
        if transport == .udp || found.state == .listening || found.inode != 0 { return found }
        // Not accepted yet: nobody sends from no port, so that the next is whoever listens.
        let nobody = SocketEnd(address: local.address.zero, port: 0)
        let listener = try socket(transport, local: local, remote: nobody)
        return listener?.state == .listening ? listener : nil
    }

    /// UDP sockets without a peer that may send from an end. The kernel goes through all it has.
    private mutating func unconnected(_ local: SocketEnd) throws(NetlinkError) -> [SocketMessage] {
        var found: [SocketMessage] = []
        for isIPv6 in [false, true] where isIPv6 || !local.address.isIPv6 {
            try dumpSockets(.udp, isIPv6: isIPv6, in: SocketStates(.closed), port: local.port) { message in
                guard message.local.port == local.port, message.remote.port == 0 else { return }
                let isHere = message.local.address == local.address
                let isAnywhere =
                    message.local.isAnyAddress
                    && (message.local.address.isIPv6 == local.address.isIPv6 || isIPv6 && !message.isIPv6Only)
                if isHere || isAnywhere { found.append(message) }
            }
        }
        return found
    }
}

extension SocketMessage {
    /// Whether it is the connection between these ends, and not over.
    fileprivate func isConnection(local: SocketEnd, remote: SocketEnd) -> Bool {
        self.remote == remote && self.local.port == local.port && state != .listening && state != .timeWait
    }
}

extension IPAddress {
    /// All zeros, of the same family.
    fileprivate var zero: IPAddress {
        isIPv6 ? .v6(IPv6Address(high: 0, low: 0)) : .v4(IPv4Address(bits: 0))
    }
}
