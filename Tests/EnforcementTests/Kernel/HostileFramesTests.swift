import Addressing
import Containers
import Enforcement
import Netlink
import Policy
import Support
import Testing

/// Frames as a container with CAP_NET_RAW sends them to get past a block, by hand.
@Suite("Hostile frames, past a block", .serialized)
struct HostileFramesTests {
    private typealias Build = PacketBuilder

    private let site: BridgedHost
    private let sender: FrameSocket
    private let receiver: FrameSocket

    private static let web = IPv4Address(bits: 0x0a01_0002)
    private static let database = IPv4Address(bits: 0x0a01_0003)
    private static let web6 = IPv6Address(high: 0xfd00_0001_0000_0000, low: 2)
    private static let database6 = IPv6Address(high: 0xfd00_0001_0000_0000, low: 3)
    private static let onLink = IPv6Address(high: 0xfe80_0000_0000_0000, low: 3)

    init() throws {
        site = try BridgedHost()
        try site.add("web", 2)
        try site.add("db", 3)
        sender = try FrameSocket("eth0", in: site.space("web"))
        receiver = try FrameSocket("eth0", in: site.space("db"))
    }

    /// Which of some packets arrive.
    private func arriving(
        _ packets: [(String, [UInt8])],
        atLeast wanted: Int = 0,
        type: UInt16? = nil,
        tags: [UInt8] = []
    ) throws -> [String] {
        let arrived = try receiver.arriving(packets.map(\.1), atLeast: wanted, stoppedIn: site.host) { packet in
            try sender.send(Self.frame(packet, type: type, tags: tags))
        }
        return zip(packets, arrived).filter(\.1).map(\.0.0)
    }

    /// To everybody, so that the bridge need not know anybody.
    private static func frame(_ packet: [UInt8], type: UInt16? = nil, tags: [UInt8] = []) -> [UInt8] {
        let plain = Build.ethernet(packet, type: type, from: 0x0200_0000_0099, to: 0xffff_ffff_ffff)
        return Array(plain.prefix(12)) + tags + plain.dropFirst(12)
    }

    private func bring(_ orders: BlockOrder...) throws {
        let blocks = orders.enumerated().map { BridgedHost.block(UInt64($0.offset + 1), $0.element) }
        let desired = site.desired(blocks)
        try site.host.bring(to: desired, at: BridgedHost.now)
        #expect(try site.host.verification(of: desired, at: BridgedHost.now).isExact)
    }

    private static func tcp(_ port: UInt16, _ flags: String = "S") -> [UInt8] {
        Build.tcp(from: UInt16.random(in: 1024...60_000), to: port, flags, sequence: UInt32.random(in: .min ... .max))
    }

    private static func v4(
        _ payload: [UInt8],
        _ number: UInt8 = 6,
        from: IPv4Address = web,
        offset: Int = 0,
        more: Bool = false
    ) -> [UInt8] {
        summed(Build.ipv4(payload, number, from: from, to: database, identification: 7, offset: offset, hasMore: more))
    }

    /// With the header's checksum, which a bridge looks at where bridge-nf-call-iptables is 1. RFC 1071.
    private static func summed(_ packet: [UInt8]) -> [UInt8] {
        var sum: UInt32 = 0
        for place in stride(from: 0, to: Int(packet[0] & 15) * 4, by: 2) where place != 10 {
            sum += UInt32(packet[place]) << 8 | UInt32(packet[place + 1])
        }
        while sum > 0xffff { sum = sum & 0xffff + sum >> 16 }
        return Array(packet.prefix(10)) + Build.word(~UInt16(sum)) + packet.dropFirst(12)
    }

    private static func v6(
        _ payload: [UInt8],
        _ next: UInt8 = 6,
        from: IPv6Address = web6,
        to: IPv6Address = database6
    ) -> [UInt8] {
        Build.ipv6(payload, next, from: from, to: to)
    }

    /// IPv4 with four bytes of options.
    private static func withOptions(_ payload: [UInt8]) -> [UInt8] {
        var packet = v4([1, 1, 1, 0] + payload)
        packet[0] = 0x46
        return summed(packet)
    }

    /// An extension header of eight bytes of padding: hop-by-hop options, a routing header that is used up, destination options.
    private static func extended(by kinds: [UInt8], _ payload: [UInt8], _ next: UInt8 = 6) -> [UInt8] {
        var (packet, next) = (payload, next)
        for kind in kinds.reversed() {
            packet = [next, 0] + (kind == 43 ? [4, 0, 0, 0, 0, 0] : [1, 4, 0, 0, 0, 0]) + packet
            next = kind
        }
        return v6(packet, next)
    }

    /// All of these are TCP to one port.
    private static func disguises(_ port: UInt16) -> [(String, [UInt8])] {
        let long = tcp(port) + [UInt8](repeating: 0, count: 28)
        return [
            ("v4", v4(tcp(port))), ("v6", v6(tcp(port))), ("v4 with options", withOptions(tcp(port))),
            ("v4 from another", v4(tcp(port), from: IPv4Address(bits: 0x0a01_0063))),
            ("v6 from another", v6(tcp(port), from: IPv6Address(high: 0xfd00_0001_0000_0000, low: 0x99))),
            ("v4, first fragment", v4(Array(long.prefix(24)), more: true)),
            ("v4, first fragment of 8 bytes", v4(Array(tcp(port).prefix(8)), more: true)),
            ("v6 behind hop-by-hop options", extended(by: [0], tcp(port))),
            ("v6 behind destination options", extended(by: [60], tcp(port))),
            ("v6 behind a routing header", extended(by: [43], tcp(port))),
            ("v6 behind many", extended(by: [0, 60, 43, 60, 60, 60, 60], tcp(port))),
            ("v6, whole in a fragment", v6(Build.fragment(tcp(port), 6), 44)),
            ("v6, first fragment", v6(Build.fragment(Array(long.prefix(24)), 6, hasMore: true), 44)),
            ("v6, first fragment of 8 bytes", v6(Build.fragment(Array(tcp(port).prefix(8)), 6, hasMore: true), 44)),
            ("v6, fragment behind options", extended(by: [60], Build.fragment(tcp(port), 6), 44)),
            ("v4, SYN with FIN", v4(tcp(port, "SF"))), ("v4, SYN with PUSH", v4(tcp(port, "SP"))),
        ]
    }

    @Test func aPortIsStoppedHoweverItIsWrapped() throws {
        try bring(
            Lab.order("web", to: "10.1.0.3", 6, 80...80),
            Lab.order("web", to: "fd00:1::3", 6, 80...80)
        )
        let tags: [(String, [UInt8])] = [
            ("", []), ("VLAN 5", [0x81, 0, 0, 5]), ("priority", [0x81, 0, 0xe0, 0]),
            ("service VLAN", [0x88, 0xa8, 0, 5]),
        ]
        for (name, tag) in tags {
            #expect(try arriving(Self.disguises(80), tags: tag) == [], "\(name)")
            // What is not meant passes, wrapped alike.
            #expect(try arriving(Self.disguises(81), tags: tag) == Self.disguises(81).map(\.0), "\(name)")
        }
    }

    /// An address needs no header but that of IP.
    @Test func anAddressIsStoppedWhateverIsSentThere() throws {
        try bring(Lab.order("web", to: "10.1.0.3"), Lab.order("web", to: "fd00:1::3"))
        var packets = Self.disguises(80)
        for number in [1, 2, 17, 47, 50, 51, 132, 253] as [UInt8] {
            packets.append(("v4, protocol \(number)", Self.v4([9, 9, 9, 9, 9, 9, 9, number], number)))
            packets.append(("v6, protocol \(number)", Self.v6([9, 9, 9, 9, 9, 9, 9, number], number)))
        }
        packets += [
            ("v4, later fragment", Self.v4([8, 8, 8, 8, 8, 8, 8, 8], offset: 8)),
            ("v6, later fragment", Self.v6(Build.fragment([8, 8, 8, 8], 6, offset: 8), 44)),
            (
                "v6, fragment without what it carries",
                Self.v6(Build.fragment([6, 0, 1, 4, 0, 0, 0, 0], 60, hasMore: true), 44)
            ),
            ("v6, a chain without end", Self.v6([60, 255, 1, 4, 0, 0, 0, 0], 60)), ("v6, nothing", Self.v6([], 59)),
        ]
        #expect(try arriving(packets) == [])
    }

    /// Flags may lie in the second fragment, where no port is.
    @Test func whatBeginsIsStoppedHoweverItIsCut() throws {
        let order = try Lab.order("web", to: "10.1.0.3", 6, 80...80, options: .newOnly)
        try bring(order)
        let segment = Self.tcp(80)
        let cut = Self.v4(Array(segment.dropFirst(8)), offset: 8)
        let (old, answer) = (Self.v4(Self.tcp(80, "A")), Self.v4(Self.tcp(80, "SA")))
        let whole = Self.disguises(80).filter { $0.0.hasPrefix("v4") && !$0.0.contains("8 bytes") }
        #expect(try arriving(whole) == [])
        #expect(try arriving([("flags", cut), ("ACK", old), ("SYN with ACK", answer)]) == ["ACK", "SYN with ACK"])
        #expect(try arriving([("another fragment", Self.v4([1, 2, 3, 4, 5, 6, 7, 8], offset: 16))]).count == 1)
        #expect(try arriving([("UDP", Self.v4([1, 2, 3, 4, 5, 6, 7, 8], 17, offset: 8))]).count == 1)
    }

    @Test func quarantineStopsAllThereIs() throws {
        let all: [(String, UInt16, [UInt8])] = [
            ("ARP", 0x0806, [0, 1, 8, 0, 6, 4, 0, 1] + [UInt8](repeating: 7, count: 20)),
            ("LLC", 9, [0x42, 0x42, 3, 1, 2, 3, 4, 5, 6]),
            ("PPPoE", 0x8864, [0x11, 0, 0, 1, 0, 22, 0, 33] + Self.v4([1, 2])),
            ("MPLS", 0x8847, [0, 1, 1, 64] + Self.v4([1, 3])),
            ("MACsec", 0x88e5, [1, 2, 3, 4, 5, 6, 7, 8]),
            ("two VLANs", 0x8100, [0, 5, 0x08, 0] + Self.v4(Self.tcp(80))),
            ("on the link", 0x86dd, Self.v6(Self.tcp(80), to: Self.onLink)),
            ("experiment", 0x88b6, [4, 4, 4, 4, 4, 4]),
        ]
        for (name, type, packet) in all {
            #expect(try arriving([(name, packet)], type: type) == [name], "\(name)")
            #expect(try arriving([(name, packet)], type: type, tags: [0x81, 0, 0, 7]) == [name], "\(name), tagged")
        }
        try bring(Lab.quarantine("web"))
        for (name, type, packet) in all {
            #expect(try arriving([(name, packet)], type: type) == [])
            #expect(try arriving([(name, packet)], type: type, tags: [0x81, 0, 0, 7]) == [])
        }
        #expect(try arriving(Self.disguises(80)) == [])
        // What lets neighbours be found lets nothing else pass.
        try bring(Lab.quarantine("web", allowing: "10.1.0.1", "fd00:1::1"))
        for (name, type, packet) in all {
            let passes = name == "ARP"
            #expect(try arriving([(name, packet)], atLeast: passes ? 1 : 0, type: type) == (passes ? [name] : []))
        }
        #expect(try arriving(Self.disguises(80)) == [])
        for type in 128...140 as ClosedRange<UInt8> {
            var message = Self.v6(Build.icmp(type: type, [UInt8](repeating: type, count: 20)), 58, to: Self.onLink)
            // Only what is of the link: its hop limit is whole. RFC 4861, section 7.1
            for hopLimit in [255, 254] as [UInt8] {
                message[7] = hopLimit
                let passes = 135...136 ~= type && hopLimit == 255
                let arrived = try arriving([("\(type)", message)], atLeast: passes ? 1 : 0)
                #expect(arrived.isEmpty == !passes, "\(type) \(hopLimit)")
            }
        }
    }

    /// Gaps that Docs/Enforcement.md tells of. When one is closed, it is to be struck there.
    @Test func whatIsSaidToBeOpenIsOpen() throws {
        try bring(Lab.order("web", to: "10.1.0.3", 6, 80...80), Lab.order("web", to: "fd00:1::3"))
        let tag: [UInt8] = [0x81, 0, 0, 5]
        #expect(try arriving([("two VLANs", Self.v4(Self.tcp(80)))], tags: tag + tag) == ["two VLANs"])
        #expect(try arriving([("on the link", Self.v6(Self.tcp(80), to: Self.onLink))]) == ["on the link"])
        let wrapped = [0x11, 0, 0, 1, 0, 42, 0, 33] + Self.v4(Self.tcp(80))
        #expect(try arriving([("PPPoE", wrapped)], type: 0x8864) == ["PPPoE"])
        // What is translated on its way is asked for by another address.
        try bring(Lab.order("web", to: "10.1.0.3"))
        let (web, database) = (try site.space("web"), try site.space("db"))
        #expect(try site.isLost(from: web, at: database, "10.1.0.3", 5001))
        try site.host.run("/bin/bash", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward")
        try site.host.run(
            "/usr/sbin/nft",
            "table ip nat { chain pre { type nat hook prerouting priority -100; udp dport 5001 dnat to 10.1.0.3; }; }"
        )
        #expect(try site.arrives(from: web, at: database, "10.1.0.1", 5001))
    }
}
