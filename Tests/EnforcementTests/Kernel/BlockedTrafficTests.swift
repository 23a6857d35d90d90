import Addressing
import Containers
import Enforcement
import Foundation
import Glibc
import Netlink
import Policy
import Testing

/// Real packets through the real kernel.
@Suite("Blocked traffic", .serialized)
struct BlockedTrafficTests {
    private let site: BridgedHost
    private let web: KernelSpace
    private let db: KernelSpace

    init() throws {
        site = try BridgedHost()
        try site.add("web", 2)
        try site.add("db", 3)
        web = try site.space("web")
        db = try site.space("db")
    }

    @Test func whatIsBlockedIsBlockedAndItsNeighboursAreNot() throws {
        let host = site.host
        let blocks = [
            BridgedHost.block(1, try Lab.order("web", to: "10.1.0.3", 17, 5001...5001)),
            BridgedHost.block(2, try Lab.order("web", to: "10.1.0.1", 6, 80...80)),
            BridgedHost.block(3, try Lab.order("web", to: "fd00:1::3", 17, 5001...5001)),
            BridgedHost.block(4, try Lab.order("web", to: "10.1.0.128/25", 17)),
        ]
        let desired = site.desired(blocks)
        #expect(try site.arrives(from: web, at: db, "10.1.0.3", 5001))
        #expect(try site.isRefused(from: web, "10.1.0.1", 80))
        try host.bring(to: desired, at: BridgedHost.now)
        #expect(try host.verification(of: desired, at: BridgedHost.now).isExact)
        #expect(try site.isLost(from: web, at: db, "10.1.0.3", 5001))
        #expect(try site.arrives(from: web, at: db, "10.1.0.3", 5002))
        #expect(try site.arrives(from: db, at: web, "10.1.0.2", 5001))
        #expect(try site.arrives(from: web, at: host, "10.1.0.1", 5001))
        #expect(try site.isLost(from: web, at: db, "fd00:1::3", 5001))
        #expect(try site.arrives(from: web, at: db, "fd00:1::3", 5002))
        #expect(try site.hangs(from: web, "10.1.0.1", 80))
        #expect(try site.isRefused(from: web, "10.1.0.1", 81))
        #expect(try site.isRefused(from: db, "10.1.0.1", 80))
        let stopped = try host.verification(of: desired, at: BridgedHost.now).stopped
        #expect(stopped[BlockIdentifier(1)]?.packets ?? 0 >= 12)
        #expect(stopped[BlockIdentifier(2)]?.packets ?? 0 >= 1)
        #expect(stopped[BlockIdentifier(3)]?.packets ?? 0 >= 12)
        #expect(stopped[BlockIdentifier(4)] == nil)
        try host.bring(to: [:], at: BridgedHost.now)
        #expect(try site.arrives(from: web, at: db, "10.1.0.3", 5001))
        #expect(try host.standing().isEmpty)
    }

    @Test func quarantineLeavesOpenWhatItSays() throws {
        let host = site.host
        let closed = site.desired([BridgedHost.block(1, try Lab.quarantine("web"))])
        try host.bring(to: closed, at: BridgedHost.now)
        #expect(try site.isLost(from: web, at: db, "10.1.0.3", 5001))
        #expect(try site.isLost(from: web, at: host, "10.1.0.1", 5001))
        #expect(try site.isLost(from: db, at: web, "10.1.0.2", 5001))
        #expect(try site.isLost(from: host, at: web, "10.1.0.2", 5001))
        #expect(try site.arrives(from: db, at: host, "10.1.0.1", 5001))
        let open = site.desired([BridgedHost.block(1, try Lab.quarantine("web", allowing: "10.1.0.1", "fd00:1::1"))])
        try host.bring(to: open, at: BridgedHost.now)
        #expect(try host.verification(of: open, at: BridgedHost.now).isExact)
        // Neighbours were forgotten or never known: they must be found again.
        try web.run("/sbin/ip", "neigh", "flush", "all")
        #expect(try site.arrives(from: web, at: host, "10.1.0.1", 5001))
        #expect(try site.arrives(from: host, at: web, "10.1.0.2", 5001))
        #expect(try site.arrives(from: web, at: host, "fd00:1::1", 5001))
        #expect(try site.isLost(from: web, at: db, "10.1.0.3", 5001))
        // A second quarantine that leaves nothing open is not weakened by the first.
        let both = [
            BridgedHost.block(1, try Lab.quarantine("web", allowing: "10.1.0.1")),
            BridgedHost.block(2, try Lab.quarantine("web")),
        ]
        try host.bring(to: site.desired(both), at: BridgedHost.now)
        #expect(try site.isLost(from: web, at: host, "10.1.0.1", 5001))
    }

    @Test func answersAreStoppedInBothDirectionsAndOnlyThen() throws {
        let host = site.host
        let oneWay = site.desired([BridgedHost.block(1, try Lab.order("web", to: "10.1.0.3", 17))])
        try host.bring(to: oneWay, at: BridgedHost.now)
        #expect(try site.arrives(from: db, at: web, "10.1.0.2", 5001))
        let both = site.desired([
            BridgedHost.block(1, try Lab.order("web", to: "10.1.0.3", 17, options: .bothDirections))
        ])
        try host.bring(to: both, at: BridgedHost.now)
        #expect(try site.isLost(from: db, at: web, "10.1.0.2", 5001))
        #expect(try site.isLost(from: web, at: db, "10.1.0.3", 5001))
        #expect(try site.arrives(from: host, at: web, "10.1.0.2", 5001))
    }

    @Test func blocksOfPortsSpareWhoIsNeverBlocked() throws {
        let host = site.host
        let traffic = Traffic(protocolNumber: 17, ports: [5001...5001])
        let order = BlockOrder(.container(Lab.key("web")), .traffic(.anyone, traffic), reason: "", author: Lab.person)
        let never = try ["10.1.0.1", "10.1.0.0/31", "10.99.0.0/16"].map { try #require(IPPrefix($0)) }
        let desired = site.desired([BridgedHost.block(1, order)], neverBlock: never)
        try host.bring(to: desired, at: BridgedHost.now)
        let verification = try host.verification(of: desired, at: BridgedHost.now)
        #expect(verification.isExact, "\(verification)")
        #expect(try site.arrives(from: web, at: host, "10.1.0.1", 5001))
        #expect(try site.isLost(from: web, at: db, "10.1.0.3", 5001))
        #expect(try site.isLost(from: web, at: db, "fd00:1::3", 5001))
        #expect(try site.arrives(from: web, at: db, "10.1.0.3", 5002))
    }

    @Test func blocksOfPortsThatBeginSpareThemToo() throws {
        let host = site.host
        let order = BlockOrder(
            .container(Lab.key("web")),
            .traffic(.anyone, Traffic(protocolNumber: 6, ports: [80...80])),
            options: .newOnly,
            reason: "",
            author: Lab.person
        )
        let never = try #require(IPPrefix("10.1.0.1"))
        let desired = site.desired([BridgedHost.block(1, order)], neverBlock: [never])
        #expect(try site.isRefused(from: web, "10.1.0.3", 80))
        try host.bring(to: desired, at: BridgedHost.now)
        #expect(try host.verification(of: desired, at: BridgedHost.now).isExact)
        #expect(try site.isRefused(from: web, "10.1.0.1", 80))
        #expect(try site.hangs(from: web, "10.1.0.3", 80))
    }

    @Test func newConnectionsAreStoppedByTheirFirstPacket() throws {
        let host = site.host
        let blocks = [BridgedHost.block(1, try Lab.order("web", to: "10.1.0.1", options: .newOnly))]
        let desired = site.desired(blocks)
        #expect(try site.isRefused(from: web, "10.1.0.1", 80))
        try host.bring(to: desired, at: BridgedHost.now)
        #expect(try host.verification(of: desired, at: BridgedHost.now).isExact)
        #expect(try site.hangs(from: web, "10.1.0.1", 80))
        // The answer to what comes in goes out: a RST has no SYN.
        #expect(try site.isRefused(from: host, "10.1.0.2", 80))
        #expect(try site.isLost(from: web, at: host, "10.1.0.1", 5001))
    }

    @Test func elementsEndByThemselves() throws {
        let host = site.host
        let desired = site.desired([BridgedHost.block(1, try Lab.order("web", to: "10.1.0.3", 17), seconds: 10)])
        let clock = ContinuousClock()
        let start = clock.now
        try host.bring(to: desired, at: BridgedHost.now)
        func isThere() throws -> Bool {
            try host.standing()[.netdev]?.elements.values.contains { !$0.isEmpty } ?? false
        }
        #expect(try isThere())
        #expect(try site.isLost(from: web, at: db, "10.1.0.3", 5001))
        while try isThere(), start.duration(to: clock.now) < .seconds(60) { usleep(20_000) }
        let time = start.duration(to: clock.now)
        print("enforcement: a block of 10 s was gone after \(time)")
        #expect(time > .seconds(9) && time < .seconds(60))
        #expect(try site.arrives(from: web, at: db, "10.1.0.3", 5001))
    }
}
