import Support

/// Two nodes on which every way between a container and somebody else is there, and an agent on the first:
/// one bridge, another bridge, the host, outside, both overlays, a published port and a macvlan, over IPv4 and IPv6.
struct PathLab {
    let lab: KernelLab
    /// On the first node, all alike: one is blocked, one is not, two are destinations, and one is a server that is cut off.
    let web: Pod
    let friend: Pod
    let shop: Pod
    let other: Pod
    let vault: Pod
    /// On another bridge of the first node.
    let sides: [Pod]
    /// On a macvlan of the first node's wire.
    let flats: [Pod]
    /// On the second node.
    let fars: [Pod]
    let agent: WatchedAgent
    private let servers: [Running]

    var host: Node { lab.nodes[0] }
    var outside: Node { lab.nodes[1] }

    init() throws {
        lab = try KernelLab(pods: 0)
        try lab.stretch(networkIdentifier: 44)
        let pods = try lab.start(
            (1...5).map { Self.request("node-a", 42, "10.45.0.\($0)/24") }
                + (2...3).map { Self.request("node-a", 44, "10.46.0.\($0)/24", isRouted: false) }
                + (1...2).map { _ in Self.request("node-a", isRouted: false) }
                + (11...12).map { Self.request("node-b", 42, "10.45.0.\($0)/24") }
        )
        (web, friend, shop, other, vault) = (pods[0], pods[1], pods[2], pods[3], pods[4])
        (sides, flats, fars) = (Array(pods[5...6]), Array(pods[7...8]), Array(pods[9...10]))
        try Self.equip(lab, near: Array(pods[..<5]), sides, flats, fars)
        servers = try lab.nodes.map { try Reach($0).serve(7000, 7001) }
        try lab.nodes[0].shell("echo 'enforcement: {exempt: [gateway, host]}' >/run/portolan.yaml")
        agent = try WatchedAgent(on: lab.nodes[0], "--config", "/run/portolan.yaml")
        let here = (pods[..<9]).map(\.app)
        try agent.wait("all are here") { [agent] in
            Set(try agent.records("/v1/containers").compactMap { $0["container.id"] }).isSuperset(of: here)
        }
    }

    /// Whether frames that stay on a bridge pass iptables, and so inet hooks, too: 1 or 0, on both nodes.
    func haveBridgesCallIPTables(_ value: Int) throws {
        for node in lab.nodes {
            for name in ["iptables", "ip6tables"] {
                try node.shell("echo \(value) >/proc/sys/net/bridge/bridge-nf-call-\(name)")
            }
        }
    }

    private static func request(
        _ node: String,
        _ segment: UInt32? = nil,
        _ address: String = "",
        isRouted: Bool = true
    ) -> PodRequest {
        var request = PodRequest(on: node)
        request.isRouted = isRouted
        request.ports = [7000, 7001]
        if let segment { request.segments = [.init(networkIdentifier: segment, address: address)] }
        return request
    }

    /// Gives everything IPv6, the other bridge an address, the pods of the macvlan a device, and the server a published port.
    private static func equip(_ lab: KernelLab, near: [Pod], _ sides: [Pod], _ flats: [Pod], _ fars: [Pod]) throws {
        let macs = lab.nodes.map { "0e:00:00:00:00:0\($0.address.last ?? "0")" }
        for (index, node) in lab.nodes.enumerated() {
            let (own, far) = (index + 1, 2 - index)
            try node.shell(
                """
                echo 1 >/proc/sys/net/ipv6/conf/all/forwarding
                ip -6 address add fd00:\(own)::1/64 dev cni0 nodad
                ip -6 address add fd00:89::\(own)/64 dev eth0 nodad
                ip -6 address add fd00:89::10\(own)/64 dev eth0 nodad preferred_lft 0
                ip -4 address add 10.89.0.10\(own)/24 dev eth0
                ip -6 address add fd00:f::\(own)/64 dev flannel.1 nodad
                ip -6 neighbour add fd00:f::\(far) lladdr \(macs[far - 1]) dev flannel.1 nud permanent
                ip -6 route add fd00:\(far)::/64 via fd00:f::\(far)
                """
            )
        }
        try lab.nodes[0].shell("ip -4 address add 10.46.0.1/24 dev br-44")
        for side in sides { try side.shell("ip route add default via 10.46.0.1") }
        for (pods, own, first) in [(near, 1, 1), (fars, 2, 11)] {
            for (index, pod) in pods.enumerated() {
                try pod.shell(
                    """
                    ip -6 address add fd00:\(own)::\(index + 2)/64 dev eth0 nodad
                    ip -6 route add default via fd00:\(own)::1
                    ip -6 address add fd00:45::\(first + index)/64 dev eth1 nodad
                    """
                )
            }
        }
        for (index, flat) in flats.enumerated() {
            // The node knows its pods by other numbers than this process does.
            let holder = try flat.start("sh", "-c", "echo $$; exec sleep 60")
            try holder.waitUntil("it has a number") { !$0.lines.isEmpty }
            let process = holder.lines.first ?? ""
            try lab.nodes[0].shell("ip link add link eth0 name flat0 netns \(process) type macvlan mode bridge")
            holder.kill()
            try flat.shell(
                """
                ip link set flat0 up
                ip -4 address add 10.89.0.\(51 + index)/24 dev flat0
                ip -6 address add fd00:89::\(51 + index)/64 dev flat0 nodad
                """
            )
        }
        try lab.nodes[0].shell(
            """
            nft -f - <<END
            table inet published {
                chain arriving {
                    type nat hook prerouting priority dstnat; policy accept;
                    ip daddr 10.89.0.1 meta l4proto { tcp, udp } th dport 8080 dnat ip to \(near[4].address):7000
                    ip6 daddr fd00:89::1 meta l4proto { tcp, udp } th dport 8080 dnat ip6 to [fd00:1::6]:7000
                }
            }
            END
            """
        )
    }
}
