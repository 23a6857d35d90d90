extension Nftables {
    /// Which packets a table sees. NFPROTO_* of linux/netfilter.h.
    package enum Family: UInt8, Hashable, Sendable, CaseIterable {
        /// IPv4 and IPv6 as they are routed, and the ingress of a device.
        case inet = 1
        case ip = 2
        case arp = 3
        /// Whatever enters or leaves a device, before and after everything else.
        case netdev = 5
        /// What a bridge forwards.
        case bridge = 7
        case ip6 = 10
    }
}

extension Nftables.Family: CustomStringConvertible {
    /// As nft(8) writes it.
    package var description: String {
        switch self {
        case .inet: "inet"
        case .ip: "ip"
        case .arp: "arp"
        case .netdev: "netdev"
        case .bridge: "bridge"
        case .ip6: "ip6"
        }
    }
}
