import CMnl

/// Which part of the kernel a socket speaks to. netlink(7).
package enum NetlinkProtocol: Sendable {
    /// Links, addresses, neighbours, routes, namespaces. rtnetlink(7).
    case route
    /// Sockets. sock_diag(7).
    case socketDiagnostics
    /// Connection tracking. linux/netfilter/nfnetlink.h.
    case netfilter

    var number: Int32 {
        switch self {
        case .route: NETLINK_ROUTE
        case .socketDiagnostics: NETLINK_SOCK_DIAG
        case .netfilter: NETLINK_NETFILTER
        }
    }
}
