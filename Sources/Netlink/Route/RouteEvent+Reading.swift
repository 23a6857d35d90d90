import CMnl

extension RouteEvent.Change {
    /// What a message tells; nil when it is of another kind, or about another protocol than IP.
    init?(_ message: borrowing NetlinkMessage) throws(NetlinkError) {
        let body = message.body
        switch Int(message.type) {
        case RTM_NEWLINK, RTM_DELLINK:
            // A bridge tells of its ports with the same message, in its own family and with its own attributes:
            // a port that leaves the bridge would look like an interface that is gone.
            guard body.byteCount > 0, body.load(UInt8.self, at: 0) == UInt8(AF_UNSPEC) else { return nil }
            let link = try LinkMessage(body: body)
            self = message.type == UInt16(RTM_NEWLINK) ? .link(link) : .linkGone(link)
        case RTM_NEWADDR: self = .address(try AddressMessage(body: body))
        case RTM_DELADDR: self = .addressGone(try AddressMessage(body: body))
        case RTM_NEWNEIGH: self = .neighbour(try NeighbourMessage(body: body))
        case RTM_DELNEIGH: self = .neighbourGone(try NeighbourMessage(body: body))
        case RTM_NEWROUTE, RTM_DELROUTE:
            guard let route = try RouteMessage(body: body) else { return nil }
            self = message.type == UInt16(RTM_NEWROUTE) ? .route(route) : .routeGone(route)
        case RTM_NEWNSID: self = .namespaceIdentifier(try NamespaceIdentifierMessage(body: body))
        case RTM_DELNSID: self = .namespaceIdentifierGone(try NamespaceIdentifierMessage(body: body))
        default: return nil
        }
    }
}
