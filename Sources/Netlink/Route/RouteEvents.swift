import CMnl

/// What becomes of links, addresses, neighbours, routes and namespaces, as the kernel tells it.
///
/// Heard are the namespace of the thread that makes it, and every other that has a number there (`ip netns list-id`): see
/// `NetlinkSocket.assignNamespaceIdentifier`. netlink(7), NETLINK_LISTEN_ALL_NSID.
package struct RouteEvents: ~Copyable, Sendable {
    /// What to hear of, besides links, addresses and namespaces' numbers.
    package struct Selection: OptionSet, Sendable {
        package let rawValue: UInt8

        package init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        /// Neighbours and forwarding tables: as busy as the network is.
        package static let neighbours = Self(rawValue: 1)
        package static let routes = Self(rawValue: 2)
    }

    private var stream: EventStream

    /// For poll(2): readable when something waits.
    package var descriptor: Int32 { stream.descriptor }

    /// Whether namespaces other than the listener's own are heard.
    package var hearsAllNamespaces: Bool { stream.hearsAllNamespaces }

    /// How often events were lost.
    package var losses: UInt64 { stream.losses }

    /// Begins to listen. `bufferSize` is how many bytes the kernel keeps unread before it loses some; 4 MiB hold the events of
    /// about a thousand interfaces made at once.
    ///
    /// Needs CAP_NET_BROADCAST for other namespaces; `hearsAllNamespaces` tells whether it had it.
    package init(_ selection: Selection = [.routes], bufferSize: Int32 = 4 << 20) throws(NetlinkError) {
        var groups = [RTNLGRP_LINK, RTNLGRP_IPV4_IFADDR, RTNLGRP_IPV6_IFADDR, RTNLGRP_NSID]
        if selection.contains(.neighbours) { groups.append(RTNLGRP_NEIGH) }
        if selection.contains(.routes) { groups += [RTNLGRP_IPV4_ROUTE, RTNLGRP_IPV6_ROUTE] }
        stream = try EventStream(
            .route,
            groups: groups.map(\.rawValue),
            listensToAllNamespaces: true,
            bytes: bufferSize,
            operation: "hear of links and addresses"
        )
    }

    /// Hands over all that waits, and does not wait for more. True when so much waits that it is left for another call.
    package mutating func receive(_ body: (RouteEvent) -> Void) throws(NetlinkError) -> Bool {
        try stream.receive { (namespace, message) throws(NetlinkError) in
            guard let change = try RouteEvent.Change(message) else { return }
            body(RouteEvent(namespaceIdentifier: namespace, change: change))
        } lost: {
            body(RouteEvent(namespaceIdentifier: nil, change: .lost))
        }
    }
}
