import CMnl

extension Nftables {
    /// Where on a packet's way a base chain stands.
    package enum Hook: Hashable, Sendable, CaseIterable {
        case prerouting
        case input
        case forward
        case output
        case postrouting
        /// As a device receives it: netdev, and since Linux 5.10 inet.
        case ingress
        /// As a device sends it: netdev, since Linux 5.16.
        case egress

        /// NF_INET_* or NF_NETDEV_*; nil where the family has no such hook.
        func number(in family: Family) -> UInt32? {
            switch (family, self) {
            case (.netdev, .ingress): NF_NETDEV_INGRESS.rawValue
            case (.netdev, .egress): NF_NETDEV_EGRESS.rawValue
            case (.netdev, _), (_, .egress), (.arp, .prerouting), (.arp, .forward), (.arp, .postrouting): nil
            case (.arp, .input): 0
            case (.arp, .output): 1
            case (_, .prerouting): NF_INET_PRE_ROUTING.rawValue
            case (_, .input): NF_INET_LOCAL_IN.rawValue
            case (_, .forward): NF_INET_FORWARD.rawValue
            case (_, .output): NF_INET_LOCAL_OUT.rawValue
            case (_, .postrouting): NF_INET_POST_ROUTING.rawValue
            case (.inet, .ingress): NF_INET_INGRESS.rawValue
            case (_, .ingress): nil
            }
        }

        init?(number: UInt32, in family: Family) {
            guard let hook = Self.allCases.first(where: { $0.number(in: family) == number }) else { return nil }
            self = hook
        }
    }
}
