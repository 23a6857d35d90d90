import Addressing
import CMnl
import Glibc

extension NetlinkSocket {
    /// Throws `.absent` when this kernel has no connection tracking, `.refused` with EPERM without CAP_NET_ADMIN.
    ///
    /// Needs a `.netfilter` socket, as all of these do; both the thread that opened it and the one that asks need the capability.
    package mutating func requireConnectionTracking() throws(NetlinkError) {
        try requireSubsystem(
            NFNL_SUBSYS_CTNETLINK,
            message: IPCTNL_MSG_CT_GET_STATS.rawValue,
            for: "follow connections"
        )
    }

    /// Asks a part of netfilter something that it always answers.
    mutating func requireSubsystem(_ subsystem: Int32, message: UInt32, for operation: String) throws(NetlinkError) {
        let request = NetlinkRequest(Int(subsystem) << 8 | Int(message), flags: NLM_F_ACK, nfgenmsg())
        do throws(NetlinkError) {
            try exchange(request, for: operation) { _ in }
        } catch .refused(_, EINVAL, _) {
            // nfnetlink looks for the capability first, and for who is responsible second.
            throw .absent(operation: operation)
        }
    }

    /// Hands over every connection of the socket's namespace, IPv4 and IPv6. Some that come or go meanwhile may be missed.
    ///
    /// The kernel's table may hold hundreds of thousands: `body` keeps what it needs.
    package mutating func dumpConnections(_ body: (ConnectionMessage) -> Void) throws(NetlinkError) {
        let request = NetlinkRequest(Self.connectionType(IPCTNL_MSG_CT_GET), flags: NLM_F_DUMP, nfgenmsg())
        let operation = "list connections"
        do throws(NetlinkError) {
            try exchange(request, for: operation) { (message) throws(NetlinkError) in
                guard Int(message.type) == Self.connectionType(IPCTNL_MSG_CT_NEW) else { return }
                body(try ConnectionMessage(body: message.body))
            }
        } catch .refused(_, EINVAL, _) {
            throw .absent(operation: operation)
        }
    }

    /// The connection of which this is one direction, original or reply; nil when none is known. ICMP has none to ask for.
    package mutating func connection(
        of tuple: ConnectionTuple,
        zone: UInt16 = 0
    ) throws(NetlinkError) -> ConnectionMessage? {
        guard tuple.source.isIPv6 == tuple.destination.isIPv6, tuple.query == nil else { return nil }
        var header = nfgenmsg()
        header.nfgen_family = UInt8(tuple.source.isIPv6 ? AF_INET6 : AF_INET)
        var request = NetlinkRequest(Self.connectionType(IPCTNL_MSG_CT_GET), flags: NLM_F_ACK, header)
        request.nest(Int(CTA_TUPLE_ORIG.rawValue)) { $0.put(tuple) }
        if zone != 0 { request.put(Int(CTA_ZONE.rawValue), zone.bigEndian) }
        return try orNil(for: ENOENT) { (socket) throws(NetlinkError) in
            var found: ConnectionMessage?
            try socket.exchange(request, for: "find a connection") { (message) throws(NetlinkError) in
                guard Int(message.type) == Self.connectionType(IPCTNL_MSG_CT_NEW) else { return }
                found = try ConnectionMessage(body: message.body)
            }
            return found
        }
    }

    /// Forgets a connection; false when it is not known, as when it just ended. What it carried goes on as something new, as far as rules
    /// let it. ICMP cannot be named.
    package mutating func forgetConnection(_ connection: ConnectionMessage) throws(NetlinkError) -> Bool {
        let tuple = connection.original
        guard tuple.source.isIPv6 == tuple.destination.isIPv6, tuple.query == nil else { return false }
        var header = nfgenmsg()
        header.nfgen_family = UInt8(tuple.source.isIPv6 ? AF_INET6 : AF_INET)
        var request = NetlinkRequest(Self.connectionType(IPCTNL_MSG_CT_DELETE), flags: NLM_F_ACK, header)
        request.nest(Int(CTA_TUPLE_ORIG.rawValue)) { $0.put(tuple) }
        if connection.zone != 0 { request.put(Int(CTA_ZONE.rawValue), connection.zone.bigEndian) }
        // Else another one with the same ends, that came meanwhile.
        if let identifier = connection.identifier { request.put(Int(CTA_ID.rawValue), identifier.bigEndian) }
        return try orNil(for: ENOENT) { (socket) throws(NetlinkError) in
            try socket.exchange(request, for: "forget a connection") { _ in }
            return true
        } ?? false
    }

    /// A message's type: the part of netfilter in the high byte.
    static func connectionType(_ message: cntl_msg_types) -> Int {
        Int(NFNL_SUBSYS_CTNETLINK) << 8 | Int(message.rawValue)
    }
}

extension NetlinkRequest {
    /// Adds a direction of a connection, as CTA_TUPLE_ORIG holds it.
    fileprivate mutating func put(_ tuple: ConnectionTuple) {
        nest(Int(CTA_TUPLE_IP.rawValue)) { (request) in
            switch (tuple.source, tuple.destination) {
            case (.v4(let source), .v4(let destination)):
                request.put(Int(CTA_IP_V4_SRC.rawValue), source.bits.bigEndian)
                request.put(Int(CTA_IP_V4_DST.rawValue), destination.bits.bigEndian)
            case (.v6(let source), .v6(let destination)):
                request.put(Int(CTA_IP_V6_SRC.rawValue), (source.high.bigEndian, source.low.bigEndian))
                request.put(Int(CTA_IP_V6_DST.rawValue), (destination.high.bigEndian, destination.low.bigEndian))
            default: break
            }
        }
        nest(Int(CTA_TUPLE_PROTO.rawValue)) { (request) in
            request.put(Int(CTA_PROTO_NUM.rawValue), tuple.protocolNumber)
            request.put(Int(CTA_PROTO_SRC_PORT.rawValue), tuple.sourcePort.bigEndian)
            request.put(Int(CTA_PROTO_DST_PORT.rawValue), tuple.destinationPort.bigEndian)
        }
    }
}
