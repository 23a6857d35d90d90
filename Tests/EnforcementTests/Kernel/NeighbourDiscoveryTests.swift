import Addressing
import Enforcement
import Netlink
import Policy
import Testing

/// Who is where is told also by whom one may not talk with, or IPv6 would end with the neighbours that are known.
@Suite("Neighbour discovery beside blocks", .serialized)
struct NeighbourDiscoveryTests {
    private let site: BridgedHost
    private let web: KernelSpace
    private let db: KernelSpace
    /// The host's, behind the gateway's own address.
    private static let behind = "fd00:9::1"

    init() throws {
        site = try BridgedHost()
        try site.host.run("/sbin/ip", "addr", "add", "\(Self.behind)/128", "dev", "lo", "nodad")
        try site.add("web", 2)
        try site.add("db", 3)
        web = try site.space("web")
        db = try site.space("db")
        try web.run("/sbin/ip", "route", "add", "default", "via", "fd00:1::1")
    }

    private func bring(_ order: BlockOrder) throws {
        let desired = site.desired([BridgedHost.block(1, order)])
        try site.host.bring(to: desired, at: BridgedHost.now)
        let verification = try site.host.verification(of: desired, at: BridgedHost.now)
        #expect(verification.isExact, "\(verification)")
        for space in [web, db, site.host] { try space.run("/sbin/ip", "-6", "neigh", "flush", "all") }
    }

    @Test func aBlockedGatewayStillTellsWhereItIs() throws {
        #expect(try site.arrives(from: web, at: site.host, Self.behind, 5001))
        try bring(try Lab.order("web", to: "fd00:1::1", options: .bothDirections))
        #expect(try site.arrives(from: web, at: site.host, Self.behind, 5001))
        #expect(try site.isLost(from: web, at: site.host, "fd00:1::1", 5001))
        #expect(try site.isLost(from: site.host, at: web, "fd00:1::2", 5001))
        #expect(try site.arrives(from: db, at: web, "fd00:1::2", 5001))
    }

    @Test func whoMaySendNoICMPv6KeepsHisNeighbours() throws {
        let traffic = Traffic(protocolNumber: 58, ports: [])
        let order = BlockOrder(.container(Lab.key("web")), .traffic(.anyone, traffic), reason: "", author: Lab.person)
        #expect(try site.arrives(from: web, at: db, "fd00:1::3", 5001))
        try bring(order)
        #expect(try site.arrives(from: web, at: db, "fd00:1::3", 5001))
        let before = try site.host.stopped()
        try send(Self.echo, from: web, to: "fd00:1::3", hopLimit: 255)
        #expect(try site.arrives(from: web, at: db, "fd00:1::3", 5001))
        #expect(try site.host.stopped() == before + 1)
    }

    @Test(arguments: [255, 254]) func whatARouterPassedOnIsNone(hopLimit: Int) throws {
        try bring(try Lab.order("web", to: "fd00:1::1", options: .bothDirections))
        // It does not answer the blocked address by which it is looked for.
        let words = try web.run("/sbin/ip", "-o", "link", "show", "eth0").split(separator: " ")
        let place = try #require(words.firstIndex(of: "link/ether"))
        try site.host.run("/sbin/ip", "neigh", "replace", "fd00:1::2", "lladdr", String(words[place + 1]), "dev", "br0")
        #expect(try site.isLost(from: site.host, at: web, "fd00:1::2", 5001))
        let before = try site.host.stopped()
        try send(Self.advertisement, from: site.host, to: "fd00:1::2", hopLimit: hopLimit)
        #expect(try site.arrives(from: site.host, at: db, "fd00:1::3", 5001))
        let stopped = try site.host.stopped() - before
        #expect(hopLimit == 255 ? stopped == 0 : stopped == 1)
    }

    /// An echo request, and an advertisement of the gateway's address. RFC 4443, section 4.1; RFC 4861, section 4.4.
    private static let echo = "bytes([128, 0, 0, 0, 0, 1, 0, 1])"
    private static let advertisement = """
        bytes([136, 0, 0, 0, 0x60, 0, 0, 0]) + socket.inet_pton(socket.AF_INET6, "fd00:1::1")
        """

    private func send(_ message: String, from space: KernelSpace, to address: String, hopLimit: Int) throws {
        let program = """
            import socket
            s = socket.socket(socket.AF_INET6, socket.SOCK_RAW, socket.IPPROTO_ICMPV6)
            s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_UNICAST_HOPS, \(hopLimit))
            s.sendto(\(message), ("\(address)", 0))
            """
        try space.run("/usr/bin/env", "python3", "-c", program)
    }
}
