import CMnl
import Glibc

extension NetlinkSocket {
    /// Lists the interfaces of the socket's namespace, or of another by its number here, which need not be entered.
    ///
    /// Needs a `.route` socket; another namespace also CAP_NET_ADMIN over it, and kernel 4.20.
    package mutating func dumpLinks(of namespace: Int32? = nil) throws(NetlinkError) -> [LinkMessage] {
        var request = NetlinkRequest(RTM_GETLINK, flags: NLM_F_DUMP, ifinfomsg())
        if let namespace { request.put(IFLA_TARGET_NETNSID, namespace) }
        return try dump(request, for: "list links") { (message) throws(NetlinkError) in
            guard message.type == UInt16(RTM_NEWLINK) else { return nil }
            return try LinkMessage(body: message.body)
        }
    }

    /// The interface of that number; nil when there is none.
    package mutating func link(index: UInt32, of namespace: Int32? = nil) throws(NetlinkError) -> LinkMessage? {
        var header = ifinfomsg()
        header.ifi_index = Int32(truncatingIfNeeded: index)
        var request = NetlinkRequest(RTM_GETLINK, flags: NLM_F_ACK, header)
        if let namespace { request.put(IFLA_TARGET_NETNSID, namespace) }
        return try link(request)
    }

    /// The interface of that name; nil when there is none.
    package mutating func link(name: String, of namespace: Int32? = nil) throws(NetlinkError) -> LinkMessage? {
        var request = NetlinkRequest(RTM_GETLINK, flags: NLM_F_ACK, ifinfomsg())
        request.put(IFLA_IFNAME, name)
        if let namespace { request.put(IFLA_TARGET_NETNSID, namespace) }
        return try link(request)
    }

    private mutating func link(_ request: borrowing NetlinkRequest) throws(NetlinkError) -> LinkMessage? {
        var link: LinkMessage?
        return try orNil(for: ENODEV) { (socket) throws(NetlinkError) in
            try socket.exchange(request, for: "get a link") { (message) throws(NetlinkError) in
                if message.type == UInt16(RTM_NEWLINK) { link = try LinkMessage(body: message.body) }
            }
            return link
        }
    }

    /// What `body` gives, or nil when the kernel refuses with that code: what was asked for is not there.
    mutating func orNil<Answer>(
        for code: Int32,
        _ body: (inout NetlinkSocket) throws(NetlinkError) -> Answer?
    ) throws(NetlinkError) -> Answer? {
        do throws(NetlinkError) {
            return try body(&self)
        } catch .refused(_, code, _) {
            return nil
        }
    }
}
