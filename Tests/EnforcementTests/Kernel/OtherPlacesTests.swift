import Addressing
import Containers
import Enforcement
import Foundation
import Glibc
import Netlink
import Policy
import Support
import Testing

/// Blocks that stand elsewhere than at a veth: an address alone, a container on the host's network, one on a macvlan.
@Suite("Other places, with real packets", .serialized)
struct OtherPlacesTests {
    @Test func anAddressAloneIsBlockedWhoeverTalksWithIt() throws {
        let site = try BridgedHost()
        try site.add("web", 2)
        let (web, host, outside) = (try site.space("web"), site.host, try KernelSpace())
        try host.run("/sbin/ip", "link", "add", "out", "type", "veth", "peer", "name", "eth0", "netns", outside.path)
        try host.run("/sbin/ip", "addr", "add", "192.0.2.1/24", "dev", "out")
        try host.run("/sbin/ip", "link", "set", "out", "up")
        try host.run("/bin/bash", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward")
        for address in ["192.0.2.7/24", "192.0.2.8/24"] {
            try outside.run("/sbin/ip", "addr", "add", address, "dev", "eth0")
        }
        try outside.run("/sbin/ip", "link", "set", "eth0", "up")
        try outside.run("/sbin/ip", "route", "add", "default", "via", "192.0.2.1")
        #expect(try site.arrives(from: web, at: outside, "192.0.2.7", 9))
        #expect(try site.arrives(from: host, at: outside, "192.0.2.7", 9))
        let address = try #require(IPAddress("192.0.2.7"))
        let order = BlockOrder(.address(address), .everything(allowing: []), reason: "", author: Lab.person)
        let desired = site.desired([BridgedHost.block(1, order)])
        try host.bring(to: desired, at: BridgedHost.now)
        #expect(try host.verification(of: desired, at: BridgedHost.now).isExact)
        #expect(try site.isLost(from: web, at: outside, "192.0.2.7", 9))
        #expect(try site.isLost(from: host, at: outside, "192.0.2.7", 9))
        // What comes from there has that address as its source.
        #expect(try site.isLost(from: outside, at: web, "10.1.0.2", 9))
        #expect(try site.isLost(from: outside, at: host, "192.0.2.1", 9))
        #expect(try site.arrives(from: web, at: outside, "192.0.2.8", 9))
        #expect(try site.arrives(from: host, at: outside, "192.0.2.8", 9))
        let stopped = try host.verification(of: desired, at: BridgedHost.now).stopped
        #expect(stopped[BlockIdentifier(1)]?.packets ?? 0 >= 48)
    }

    @Test func onTheHostsNetworkOneControlGroupIsStoppedAndNoOther() throws {
        let mounts = try String(contentsOfFile: "/proc/self/mounts", encoding: .utf8).split(separator: "\n")
        let root = try #require(mounts.first { $0.contains(" cgroup2 ") }?.split(separator: " ").dropFirst().first)
        let name = "portolan-test-\(UUID().uuidString)"
        let group = "\(root)/\(name)"
        try FileManager.default.createDirectory(atPath: group, withIntermediateDirectories: false)
        defer { unsafe rmdir(group) }
        let inode = try #require(FileManager.default.attributesOfItem(atPath: group)[.systemFileNumber] as? UInt64)
        let host = try KernelSpace()
        var lab = Lab()
        lab.addOnHost("node", group: inode, path: "/\(name)")
        let block = BridgedHost.block(1, try Lab.order("node", to: "127.0.0.1", 17))
        let desired = Desired(blocks: [block], inventory: lab.inventory).namespaces[Lab.host] ?? [:]
        try host.bring(to: desired, at: BridgedHost.now)
        #expect(try host.verification(of: desired, at: BridgedHost.now).isExact)
        let send = "echo x > /dev/udp/127.0.0.1/9"
        let before = try host.count("Udp", "NoPorts")
        _ = try host.attempt(["/bin/bash", "-c", "echo $$ > \(group)/cgroup.procs && \(send)"])
        #expect(try host.count("Udp", "NoPorts") == before)
        let stopped = try host.verification(of: desired, at: BridgedHost.now).stopped
        #expect(stopped[BlockIdentifier(1)]?.packets == 1)
        // A group that the container makes for itself is below its own.
        let own = "\(group)/own"
        try FileManager.default.createDirectory(atPath: own, withIntermediateDirectories: false)
        defer { unsafe rmdir(own) }
        _ = try host.attempt(["/bin/bash", "-c", "echo $$ > \(own)/cgroup.procs && \(send)"])
        #expect(try host.stopped() == 2)
        // Another process of the host.
        _ = try host.attempt(["/bin/bash", "-c", send])
        let deadline = ContinuousClock.now + .seconds(30)
        while try host.count("Udp", "NoPorts") == before, ContinuousClock.now < deadline { usleep(10_000) }
        #expect(try host.count("Udp", "NoPorts") == before + 1)
    }

    @Test func whatHasNoEndOnTheHostIsStoppedInItsOwnNamespace() throws {
        let (host, web, lab, namespace) = try Self.withoutEnd()
        let site = try BridgedHost()
        #expect(try site.arrives(from: web, at: host, "10.1.0.1", 9))
        let block = BridgedHost.block(1, try Lab.order("web", to: "10.1.0.1", 17, 9...9, options: .bothDirections))
        let desired = try #require(Desired(blocks: [block], inventory: lab.inventory).namespaces[namespace])
        try web.bring(to: desired, at: BridgedHost.now)
        #expect(try web.verification(of: desired, at: BridgedHost.now).isExact)
        #expect(try site.isLost(from: web, at: host, "10.1.0.1", 9))
        #expect(try site.arrives(from: web, at: host, "10.1.0.1", 10))
        #expect(try site.arrives(from: host, at: web, "10.1.0.2", 10))
    }

    /// A container that has no end on the host, and the host, joined by a veth that stands for a macvlan.
    private static func withoutEnd() throws -> (host: KernelSpace, web: KernelSpace, lab: Lab, NetworkNamespace) {
        let (host, web) = (try KernelSpace(), try KernelSpace())
        try host.run("/sbin/ip", "link", "add", "out", "type", "veth", "peer", "name", "eth0", "netns", web.path)
        for (space, device, address) in [(host, "out", "10.1.0.1/24"), (web, "eth0", "10.1.0.2/24")] {
            try space.run("/sbin/ip", "addr", "add", address, "dev", device)
            try space.run("/sbin/ip", "link", "set", device, "up")
        }
        var lab = Lab()
        try lab.add("web", "10.1.0.2")
        try lab.change("web") {
            $0.interfaces = [try Lab.wire(NetworkNamespace(inode: 9), "eth0", kind: "macvlan", to: nil, 0)]
        }
        return (host, web, lab, try #require(lab.resident("web").namespace))
    }

    /// A raw socket may ask conntrack not to put fragments together, and then sends flags where no port is.
    @Test func whatBeginsInPiecesIsStoppedInItsOwnNamespaceToo() throws {
        let (host, web, lab, namespace) = try Self.withoutEnd()
        let block = BridgedHost.block(1, try Lab.order("web", to: "10.1.0.1", 6, 80...80, options: .newOnly))
        let desired = try #require(Desired(blocks: [block], inventory: lab.inventory).namespaces[namespace])
        let receiver = try FrameSocket("out", in: host)
        func arrives(_ packet: [UInt8]) throws -> Bool {
            try receiver.arriving([packet], stoppedIn: web) { try web.sendRaw($0) } == [true]
        }
        func packet(_ payload: some Collection<UInt8>, offset: Int) -> [UInt8] {
            let (from, to) = (IPv4Address(bits: 0x0a01_0002), IPv4Address(bits: 0x0a01_0001))
            let mark = (0..<24).map { _ in UInt8.random(in: 0...255) }
            return PacketBuilder.ipv4(Array(payload) + mark, 6, from: from, to: to, identification: 7, offset: offset)
        }
        let segment = PacketBuilder.tcp(from: 9, to: 80, "S")
        // Neighbours are found.
        #expect(try BridgedHost().arrives(from: web, at: host, "10.1.0.1", 9))
        #expect(try arrives(packet(segment, offset: 0)))
        #expect(try arrives(packet(segment.dropFirst(8), offset: 8)))
        try web.bring(to: desired, at: BridgedHost.now)
        #expect(try web.verification(of: desired, at: BridgedHost.now).isExact)
        #expect(try !arrives(packet(segment, offset: 0)))
        #expect(try !arrives(packet(segment.dropFirst(8), offset: 8)))
        #expect(try arrives(packet(PacketBuilder.tcp(from: 9, to: 81, "S"), offset: 0)))
        #expect(try arrives(packet(segment.dropFirst(8), offset: 16)))
    }

    /// Conntrack begins with the first rule that asks it, and then takes for new what goes on already.
    @Test func whatIsEstablishedGoesOnWhereConntrackBeginsWithTheBlock() throws {
        let (host, web, lab, namespace) = try Self.withoutEnd()
        let conversation = try Conversation(from: web, to: host, at: "10.1.0.1", 5001)
        #expect(conversation.carries())
        #expect(try conversation.another())
        let options: BlockOptions = [.newOnly, .bothDirections]
        let block = BridgedHost.block(1, try Lab.order("web", to: "10.1.0.1", options: options))
        let desired = try #require(Desired(blocks: [block], inventory: lab.inventory).namespaces[namespace])
        try web.bring(to: desired, at: BridgedHost.now)
        #expect(try web.verification(of: desired, at: BridgedHost.now).isExact)
        #expect(conversation.carries())
        #expect(try !conversation.another(within: 1000))
        #expect(conversation.carries())
    }
}
