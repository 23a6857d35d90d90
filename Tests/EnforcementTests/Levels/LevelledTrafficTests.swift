import Addressing
import Containers
import Enforcement
import Netlink
import Policy
import Support
import Testing

/// Levels of sensitivity with real packets: what is not declared does not arrive, what is does.
@Suite("Levelled traffic", .serialized)
struct LevelledTrafficTests {
    private let site: BridgedHost

    init() throws {
        site = try BridgedHost()
        for (number, name) in ["public", "internal", "internal2", "restricted"].enumerated() {
            try site.add(name, number + 2) { $0.description.name = name }
        }
    }

    private func enforce(
        _ mode: EnforcementMode = .enforce,
        _ change: (inout DeclaredPolicy) -> Void = { _ in }
    ) throws -> [Nftables.Family: DesiredTable] {
        let plan = try LevelledSite.plan(site.lab.inventory, LevelledSite.policy(change), mode: mode)
        let desired = site.desired([], levels: plan)
        try site.host.bring(to: desired, at: BridgedHost.now)
        let verification = try site.host.verification(of: desired, at: BridgedHost.now)
        #expect(verification.isExact, "\(verification.lacking) \(verification.surplus)")
        return desired
    }

    @Test func undeclaredCrossingsAreDroppedFromTheirFirstPacket() throws {
        let (low, mid, other, high) = try (
            site.space("public"), site.space("internal"), site.space("internal2"), site.space("restricted")
        )
        #expect(try site.isRefused(from: mid, "10.1.0.5", 5432))
        let desired = try enforce()
        #expect(try site.isLost(from: mid, at: high, "10.1.0.5", 5001))
        #expect(try site.isLost(from: high, at: mid, "10.1.0.3", 5001))
        #expect(try site.isLost(from: low, at: mid, "fd00:1::3", 5001))
        #expect(try site.hangs(from: mid, "10.1.0.5", 5432))
        // Of one level, and what has none: the host.
        #expect(try site.arrives(from: mid, at: other, "10.1.0.4", 5001))
        #expect(try site.arrives(from: mid, at: other, "fd00:1::4", 5001))
        #expect(try site.arrives(from: high, at: site.host, "10.1.0.1", 5001))
        #expect(try site.arrives(from: site.host, at: high, "10.1.0.5", 5001))
        let crossings = try site.host.verification(of: desired, at: BridgedHost.now).crossings
        #expect(Set(crossings.keys) == ["veth-internal", "veth-restricted", "veth-public"])
        #expect(crossings["veth-internal"]?.packets ?? 0 >= 12)
    }

    @Test func declaredInterfacesPassInTheirDirectionAlone() throws {
        let (low, mid, high) = try (site.space("public"), site.space("internal"), site.space("restricted"))
        #expect(try site.isRefused(from: mid, "10.1.0.5", 5433))
        #expect(try site.isRefused(from: low, "10.1.0.5", 5432))
        #expect(try site.isRefused(from: high, "10.1.0.3", 5432))
        _ = try enforce { $0.interfaces = [LevelledSite.database] }
        #expect(try site.isRefused(from: mid, "10.1.0.5", 5432))
        #expect(try site.isRefused(from: mid, "fd00:1::5", 5432))
        #expect(try site.hangs(from: mid, "10.1.0.5", 5433))
        #expect(try site.hangs(from: low, "10.1.0.5", 5432))
        #expect(try site.hangs(from: high, "10.1.0.3", 5432))
        #expect(try site.isLost(from: mid, at: high, "10.1.0.5", 5432))
    }

    /// Neighbours have addresses of their link that nobody gave them.
    @Test func neighboursDoNotMeetByAddressesOfTheLinkEither() throws {
        for (number, name) in ["public", "internal", "internal2", "restricted"].enumerated() {
            let address = "fe80::\(number + 2)"
            try site.space(name).run("/sbin/ip", "addr", "add", "\(address)/64", "dev", "eth0", "nodad")
            try site.lab.change(name) {
                $0.interfaces[0].addresses.append(.init(try #require(IPAddress(address)), prefixLength: 64))
            }
        }
        let (mid, other, high) = try (site.space("internal"), site.space("internal2"), site.space("restricted"))
        #expect(try site.arrives(from: mid, at: high, "fe80::5%eth0", 5001))
        _ = try enforce()
        #expect(try site.isLost(from: mid, at: high, "fe80::5%eth0", 5001))
        #expect(try site.isLost(from: high, at: mid, "fe80::3%eth0", 5001))
        #expect(try site.arrives(from: mid, at: other, "fe80::4%eth0", 5001))
        // One whose address of the link is also that of another level on another link is another level to both.
        try site.lab.change("public") {
            $0.interfaces[0].addresses.append(.init(try #require(IPAddress("fe80::4")), prefixLength: 64))
        }
        _ = try enforce()
        #expect(try site.isLost(from: mid, at: other, "fe80::4%eth0", 5001))
    }

    /// The answers of a declared interface without ports are all of TCP but what begins, be its flags in a second fragment.
    @Test func whatBeginsInPiecesIsNoAnswer() throws {
        let sender = try FrameSocket("eth0", in: site.space("restricted"))
        let receiver = try FrameSocket("eth0", in: site.space("internal"))
        func arrives(offset: Int, atLeast wanted: Int = 0) throws -> Bool {
            var bytes: [UInt8] = (0..<24).map { _ in UInt8.random(in: 0...255) }
            // Linux 6.18 reads flags from data where a fragment has no header. They are none of a beginning.
            bytes[13] = 0x10
            let (from, to) = (IPv4Address(bits: 0x0a01_0005), IPv4Address(bits: 0x0a01_0003))
            let packet = PacketBuilder.ipv4(bytes, 6, from: from, to: to, offset: offset)
            return try receiver.arriving([packet], atLeast: wanted, stoppedIn: site.host) { packet in
                // Behind a tag a bridge does not look at checksums, which are not there.
                try sender.send(PacketBuilder.ethernet(packet, to: 0xffff_ffff_ffff, vlans: [5]))
            } == [true]
        }
        _ = try enforce {
            $0.interfaces = [LevelledSite.database]
            $0.interfaces[0].traffic.ports = []
        }
        #expect(try arrives(offset: 16, atLeast: 1))
        #expect(try !arrives(offset: 8))
    }

    @Test func observingCountsAndDropsNothing() throws {
        let (mid, high) = try (site.space("internal"), site.space("restricted"))
        let desired = try enforce(.observe)
        #expect(try site.arrives(from: mid, at: high, "10.1.0.5", 5001))
        let crossings = try site.host.verification(of: desired, at: BridgedHost.now).crossings
        #expect(crossings["veth-internal"]?.packets ?? 0 >= 1)
    }

    @Test func theMostSensitiveDoNotGoOutsideUnlessDeclared() throws {
        let (mid, high) = try (site.space("internal"), site.space("restricted"))
        // What is no address of a container network is outside; here it is on the host, so that it can be seen to arrive.
        try site.host.run("/sbin/ip", "addr", "add", "192.0.2.1/32", "dev", "lo")
        try site.host.run("/sbin/ip", "addr", "add", "192.0.2.2/32", "dev", "lo")
        _ = try enforce()
        #expect(try site.isLost(from: high, at: site.host, "192.0.2.1", 53))
        #expect(try site.arrives(from: mid, at: site.host, "192.0.2.1", 53))
        #expect(try site.arrives(from: high, at: site.host, "10.1.0.1", 53))
        var rule = EgressRule()
        rule.level = LevelledSite.highest
        rule.blocks = [try #require(IPPrefix("192.0.2.1"))]
        rule.traffic = Traffic(protocolNumber: 17, ports: [53...53])
        _ = try enforce { $0.egress = [rule] }
        #expect(try site.arrives(from: high, at: site.host, "192.0.2.1", 53))
        #expect(try site.isLost(from: high, at: site.host, "192.0.2.1", 54))
        #expect(try site.isLost(from: high, at: site.host, "192.0.2.2", 53))
    }
}
