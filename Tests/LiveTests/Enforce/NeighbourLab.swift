import Support

/// A host on which everybody has rules: Docker, podman, firewalld, and whoever administrates it; and one outside.
struct NeighbourLab {
    let lab: Lab
    let docker: Docker
    let podman: Podman
    let firewalld: Firewalld
    /// Docker's, on a network of its own: one that is stopped, one that it talks to, its neighbour, and one on the host's network.
    let web: DockerContainer
    let shop: DockerContainer
    let other: DockerContainer
    let hosted: DockerContainer
    /// Docker's, on a macvlan.
    let flat: DockerContainer
    /// podman's: one that is stopped, and one that it talks to.
    let pea: DockerContainer
    let bean: DockerContainer
    /// Those that are asked.
    private let servers: [Running]

    var node: Node { lab.nodes[0] }
    var outside: Node { lab.nodes[1] }

    init() throws {
        lab = try Lab(nodes: ["host", "outside"])
        let node = lab.nodes[0]
        // First, as it takes away what it finds of iptables when it begins, and when it reloads.
        firewalld = try Firewalld(on: node)
        docker = try Docker(on: node)
        podman = try Podman(on: node)
        try node.shell("ip link set lo up; nft -f - <<END\n\(Self.administrators)\nEND")
        try docker.docker("network", "create", "--subnet", "172.29.0.0/24", "app")
        let flat = ["--subnet", "10.89.0.0/24", "--ip-range", "10.89.0.192/26", "-o", "parent=eth0"]
        try docker.docker(["network", "create", "-d", "macvlan"] + flat + ["flat"])
        web = try docker.run("web", "--network", "app")
        shop = try docker.run("shop", "--network", "app", "-p", "8080:7000")
        other = try docker.run("other", "--network", "app")
        hosted = try docker.run("hosted", "--network", "host")
        self.flat = try docker.run("flat", "--network", "flat")
        pea = try podman.run("pea", "-p", "8081:7000")
        bean = try podman.run("bean")
        servers = try [shop, other, bean].map { try Reach(node, process: $0.process).serve(7000, 7001) }
    }

    /// Starts an agent, and waits until it knows them all.
    func startAgent() throws -> WatchedAgent {
        let agent = try WatchedAgent(on: node)
        let all = [web, shop, other, hosted, flat, pea, bean].map(\.identifier)
        try agent.wait("all are here") {
            Set(try agent.records("/v1/containers").compactMap { $0["container.id"] }).isSuperset(of: all)
        }
        return agent
    }

    /// The rules of everybody else: on the host, and in the namespaces of containers to which Docker gave some.
    func rules() throws -> [OtherRules] {
        try [OtherRules(on: node)] + [web, shop, flat].map { try OtherRules(on: node, process: $0.process) }
    }

    /// A block of every kind that stands in another place of the kernel, as options of `portolan block`.
    var orders: [[String]] {
        [
            ["web", "--to", shop.address, "--protocol", "tcp", "--port", "7000"],
            ["web", "--to", "10.89.0.2", "--new-only", "--both"],
            ["hosted", "--to", shop.address],
            ["flat", "--to", "10.89.0.2"],
            [pea.identifier, "--quarantine"],
            [bean.identifier, "--protocol", "tcp", "--port", "1000-2000"],
            ["--address", "10.89.0.77"],
            ["--selector", "name=other", "--to", "192.0.2.0/24"],
        ]
    }

    /// The same as requests to the agent.
    var queries: [String] {
        orders.map { words in
            var pairs: [String] = []
            for word in words {
                if word.hasPrefix("--") {
                    pairs.append(word.dropFirst(2).replacing("-", with: "_") + "=")
                } else if let last = pairs.last, last.hasSuffix("=") {
                    pairs[pairs.count - 1] = last + word.replacing("=", with: "%3D")
                } else {
                    pairs.append("container=" + word)
                }
            }
            return pairs.joined(separator: "&")
        }
    }

    /// All tables of ours, on the host and in the namespaces of containers.
    func tables() throws -> [String] {
        try tablesOfTheHost()
            + [web, shop, flat, pea].flatMap { try tables(["nsenter", "--net", "-t", "\($0.process)"]) }
    }

    func tablesOfTheHost() throws -> [String] { try tables([]) }

    private func tables(_ entry: [String]) throws -> [String] {
        let listed = try node.output(of: entry + ["nft", "list", "tables"])
        return listed.split(separator: "\n").filter { $0.hasSuffix(" portolan") }.map(String.init)
    }

    /// The numbers of all blocks that stand, as the comments of elements have them.
    func standing() throws -> Set<String> {
        let rules = try ([[], ["nsenter", "--net", "-t", "\(flat.process)"]]).map {
            try node.output(of: $0 + ["nft", "list", "ruleset"])
        }
        let comments = rules.flatMap { $0.matches(of: /comment "(#[^"]*)"/).flatMap { $0.1.split(separator: " ") } }
        return Set(comments.map { String($0.dropFirst()) })
    }

    /// What the tables are called that nobody but the administrator touches.
    static let administratorsTables = ["administrators", "portolan2", "portolan_"]

    /// Some of every family and of every kind, and much that is called nearly as ours is.
    private static let administrators = """
        table inet portolan2 {
            comment "not theirs"
            set sending_blocked_v4_port { type ifname . ipv4_addr . inet_proto . inet_service; flags timeout; counter; }
            chain sending { type filter hook forward priority filter; iifname "docker0" ip daddr 192.0.2.1 counter drop; }
        }
        table inet administrators {
            set guests { type ipv4_addr; flags interval; auto-merge; elements = { 192.0.2.0/25, 198.51.100.7 }; }
            set seen { type ipv4_addr . inet_service; flags dynamic,timeout; timeout 1h; size 1024; }
            map doors { type inet_service : verdict; elements = { 23 : drop, 24 : jump strangers }; }
            counter strange { }
            quota much { over 1000 mbytes }
            limit few { rate 100/second; }
            chain strangers { counter name "strange" return; }
            chain input {
                type filter hook input priority filter; policy accept;
                ip saddr @guests drop
                ct state new add @seen { ip saddr . tcp dport timeout 1h }
                tcp dport vmap @doors
            }
            chain mangle { type route hook output priority mangle; meta mark set 0x10; }
        }
        table netdev administrators {
            chain wire { type filter hook ingress device "eth0" priority filter; ip saddr 203.0.113.9 drop comment "block"; }
        }
        table bridge administrators { chain forward { type filter hook forward priority filter; ether type 0x88cc drop; }; }
        table arp administrators { chain input { type filter hook input priority filter; arp operation request counter; }; }
        table ip6 portolan_ { chain raw { type filter hook prerouting priority raw; ip6 hoplimit 0 drop; }; }
        """
}
