/// Something a kernel may have been built without.
enum KernelFeature: String, CaseIterable {
    case veth, bridge, vxlan, conntrack
    case nftables = "nf_tables"
    case socketCgroup = "sock_diag_cgroup"

    var title: String {
        switch self {
        case .veth: "veth devices"
        case .bridge: "bridge devices"
        case .vxlan: "vxlan devices"
        case .conntrack: "connection tracking"
        case .nftables: "nf_tables"
        case .socketCgroup: "control groups of sockets"
        }
    }

    /// What is missed without it.
    var cost: String {
        switch self {
        case .veth: "containers here have no network of their own to be watched"
        case .bridge: "containers here are not on a common network"
        case .vxlan: "no overlay network can end on this host"
        case .conntrack: "the two sides of a published port or a masquerade stay two flows"
        case .nftables: "nothing can be blocked"
        case .socketCgroup: "containers that share a network namespace cannot be told apart by their sockets"
        }
    }

    /// The module to load, and the option to build the kernel with.
    var module: (name: String, option: String)? {
        switch self {
        case .veth: ("veth", "CONFIG_VETH")
        case .bridge: ("bridge", "CONFIG_BRIDGE")
        case .vxlan: ("vxlan", "CONFIG_VXLAN")
        case .conntrack: ("nf_conntrack_netlink", "CONFIG_NF_CT_NETLINK")
        case .nftables: ("nf_tables", "CONFIG_NF_TABLES")
        case .socketCgroup: nil
        }
    }
}
