import Addressing
import Containers
import Enforcement
import Glibc
import Netlink
import Testing

/// Devices that are held, in the real kernel: on each way a packet can take to and from a port of a bridge.
@Suite("Held devices, with real packets", .serialized)
struct HoldingTrafficTests {
    private let site: BridgedHost
    private let web: KernelSpace
    private let db: KernelSpace
    /// On another bridge, where nothing is held.
    private let far: KernelSpace

    init() throws {
        site = try BridgedHost()
        let host = site.host
        try host.run("/bin/bash", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward")
        try site.add("web", 2)
        try site.add("db", 3)
        web = try site.space("web")
        db = try site.space("db")
        far = try KernelSpace()
        try host.run("/sbin/ip", "link", "add", "br1", "address", "02:00:00:00:00:02", "type", "bridge")
        try host.run("/sbin/ip", "addr", "add", "10.2.0.1/24", "dev", "br1")
        try host.run("/sbin/ip", "link", "set", "br1", "up")
        try host.run("/sbin/ip", "link", "add", "veth-far", "type", "veth", "peer", "name", "eth0", "netns", far.path)
        try host.run("/sbin/ip", "link", "set", "veth-far", "master", "br1", "up")
        try far.run("/sbin/ip", "addr", "add", "10.2.0.2/24", "dev", "eth0")
        try far.run("/sbin/ip", "link", "set", "eth0", "up")
        try far.run("/sbin/ip", "route", "add", "default", "via", "10.2.0.1")
        // Neighbours know each other, so that it is the packets themselves that are dropped.
        #expect(try site.arrives(from: db, at: web, "10.1.0.2", 9))
        #expect(try site.arrives(from: db, at: far, "10.2.0.2", 9))
    }

    private func index(_ device: String) throws -> UInt32 {
        let line = try site.host.run("/sbin/ip", "-o", "link", "show", "dev", device)
        return try #require(line.split(separator: ":").first.flatMap { UInt32($0) })
    }

    /// Until so many seconds from now, or until a moment: what stands until then is not what shall stand until a later one.
    private func plan(
        _ passing: String...,
        others: [String] = [],
        seconds: Int64 = 600,
        until: Timestamp? = nil
    ) throws -> HoldPlan {
        let end = Timestamp(nanoseconds: BridgedHost.now.nanoseconds + seconds * 1_000_000_000)
        var plan = HoldPlan(until: until ?? end)
        var local = HoldPlan.Local()
        local.bridges = ["br0"]
        local.passing = Set(try passing.map(index))
        local.others = Set(try others.map(index))
        plan.locals[Lab.host] = local
        return plan
    }

    private func tables(_ plan: HoldPlan) -> [Nftables.Family: DesiredTable] {
        var desired = Desired()
        desired.insert(plan)
        return desired.namespaces[Lab.host] ?? [:]
    }

    @Test(arguments: [0, 1])
    func whatIsNotKnownIsHeldOnEveryWayAndNothingElseIs(bridgesCallIPTables: Int) throws {
        let host = site.host
        let name = "/proc/sys/net/bridge/bridge-nf-call-iptables"
        try host.run("/bin/bash", "-c", "[ ! -e \(name) ] || echo \(bridgesCallIPTables) > \(name)")
        let first = try plan("veth-web")
        let held = tables(first)
        try host.bring(to: held, at: BridgedHost.now)
        #expect(try host.verification(of: held, at: BridgedHost.now).isExact)
        #expect(try host.bring(to: held, at: BridgedHost.now).isEmpty)
        #expect(try site.isLost(from: db, at: web, "10.1.0.2", 9))
        #expect(try site.isLost(from: web, at: db, "10.1.0.3", 9))
        #expect(try site.isLost(from: db, at: host, "10.1.0.1", 9))
        #expect(try site.isLost(from: host, at: db, "10.1.0.3", 9))
        #expect(try site.isLost(from: db, at: far, "10.2.0.2", 9))
        #expect(try site.isLost(from: far, at: db, "10.1.0.3", 9))
        // A device of the other bridge is not known either, and is nobody's affair.
        #expect(try site.arrives(from: far, at: host, "10.2.0.1", 9))
        #expect(try site.arrives(from: host, at: far, "10.2.0.2", 9))
        #expect(try site.arrives(from: web, at: far, "10.2.0.2", 9))
        #expect(try site.arrives(from: far, at: web, "10.1.0.2", 9))
        #expect(try site.arrives(from: web, at: host, "fd00:1::1", 9))
        #expect(try site.isLost(from: db, at: host, "fd00:1::1", 9))
        #expect(try host.verification(of: held, at: BridgedHost.now).held.packets >= 72)
        try host.commit(HoldPlan.release([try index("veth-db")]))
        let both = tables(try plan("veth-web", "veth-db", until: first.until))
        #expect(try host.verification(of: both, at: BridgedHost.now).isExact)
        #expect(try site.arrives(from: db, at: web, "10.1.0.2", 9))
        #expect(try site.arrives(from: host, at: db, "10.1.0.3", 9))
        #expect(try site.arrives(from: far, at: db, "10.1.0.3", 9))
        #expect(HoldPlan.passing(in: try host.standing()) == [try index("veth-web"), try index("veth-db")])
        try host.bring(to: [:], at: BridgedHost.now)
        #expect(HoldPlan.passing(in: try host.standing()) == nil)
    }

    /// Two devices that nobody knows, on a bridge where nothing is held: the one exception, as nothing tells which bridge that is.
    @Test func ofTwoUnknownDevicesNothingTellsTheBridge() throws {
        let near = try KernelSpace()
        let host = site.host
        try host.run("/sbin/ip", "link", "add", "veth-near", "type", "veth", "peer", "name", "eth0", "netns", near.path)
        try host.run("/sbin/ip", "link", "set", "veth-near", "master", "br1", "up")
        try near.run("/sbin/ip", "addr", "add", "10.2.0.3/24", "dev", "eth0")
        try near.run("/sbin/ip", "link", "set", "eth0", "up")
        #expect(try site.arrives(from: near, at: far, "10.2.0.2", 9))
        try host.bring(to: tables(try plan("veth-web", "veth-db")), at: BridgedHost.now)
        #expect(try site.isLost(from: near, at: far, "10.2.0.2", 9))
        #expect(try site.arrives(from: near, at: host, "10.2.0.1", 9))
        // One of them is enough.
        try host.bring(to: tables(try plan("veth-web", "veth-db", others: ["veth-far"])), at: BridgedHost.now)
        #expect(try site.arrives(from: near, at: far, "10.2.0.2", 9))
        #expect(try site.arrives(from: far, at: near, "10.2.0.3", 9))
    }

    @Test func itEndsByItselfWhenNobodyRenewsIt() throws {
        let host = site.host
        let short = try plan("veth-web", seconds: 8)
        try host.bring(to: tables(short), at: BridgedHost.now)
        #expect(try site.isLost(from: db, at: web, "10.1.0.2", 9))
        func isArmed() throws -> Bool {
            try host.standing()[.bridge]?.elements["hold_armed"]?.isEmpty == false
        }
        let deadline = ContinuousClock.now + .seconds(60)
        while try isArmed(), ContinuousClock.now < deadline { usleep(20_000) }
        #expect(try site.arrives(from: db, at: web, "10.1.0.2", 9))
        #expect(try site.arrives(from: db, at: host, "10.1.0.1", 9))
        #expect(try site.arrives(from: host, at: db, "10.1.0.3", 9))
        // Renewed, it holds again.
        let long = try plan("veth-web")
        try host.commit(long.renewal(at: BridgedHost.now))
        #expect(try host.verification(of: tables(long), at: BridgedHost.now).isExact)
        #expect(try site.isLost(from: db, at: web, "10.1.0.2", 9))
    }

    @Test func nftListsItReadably() throws {
        try site.host.bring(to: tables(try plan("veth-web")), at: BridgedHost.now)
        let text = try site.host.run("/usr/sbin/nft", "list", "ruleset")
        for line in [
            "set hold_passing {", "type iface_index", "elements = { \"veth-web\" }", "type pkt_type",
            "type filter hook forward priority -300; policy accept;", "meta pkttype != @hold_armed return",
            "iif @hold_passing oif @hold_passing return", "meta mark set meta mark | 0x20000000",
            "meta mark & 0x20000000 == 0x00000000 return", "drop comment \"held until it is known\"",
            "type filter hook ingress device \"br0\"", "type filter hook egress device \"br0\"",
        ] {
            #expect(text.contains(line), "\(line)\n\(text)")
        }
    }
}
