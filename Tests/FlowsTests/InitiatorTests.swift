import Addressing
import Support
import Testing

@testable import Flows

/// A first packet from 10.0.0.1 to 10.0.0.2, and whether it is taken for an answer.
struct FirstPacket: CustomTestStringConvertible, Sendable {
    var name: String
    var frame: [UInt8]
    var isAnswer: Bool

    init(_ name: String, _ frame: [UInt8], isAnswer: Bool) {
        self.name = name
        self.frame = frame
        self.isAnswer = isAnswer
    }

    var testDescription: String { name }

    private static func tcp(_ source: UInt16, _ destination: UInt16, _ flags: String, isAnswer: Bool) -> Self {
        Self(
            "TCP \(flags) \(source) → \(destination)",
            PacketBuilder.segment(from: .host(1), source, to: .host(2), destination, flags),
            isAnswer: isAnswer
        )
    }

    private static func udp(_ source: UInt16, _ destination: UInt16, isAnswer: Bool) -> Self {
        Self(
            "UDP \(source) → \(destination)",
            PacketBuilder.datagram(from: .host(1), source, to: .host(2), destination),
            isAnswer: isAnswer
        )
    }

    private static func icmp(_ type: UInt8, isAnswer: Bool) -> Self {
        Self(
            "ICMP \(type)",
            PacketBuilder.ethernet(PacketBuilder.ip(PacketBuilder.icmp(type: type), 1, from: .host(1), to: .host(2))),
            isAnswer: isAnswer
        )
    }

    static let all = [
        tcp(40_000, 80, "S", isAnswer: false), tcp(80, 40_000, "S", isAnswer: false),
        tcp(80, 40_000, "SA", isAnswer: true), tcp(40_000, 80, "SA", isAnswer: true),
        tcp(40_000, 80, "A", isAnswer: false), tcp(80, 40_000, "A", isAnswer: true),
        tcp(6379, 50_000, "PA", isAnswer: true), tcp(50_000, 6379, "R", isAnswer: false),
        // Neither is known, but one is a port that Linux gives to clients.
        tcp(7777, 40_000, "A", isAnswer: true), tcp(40_000, 7777, "A", isAnswer: false),
        tcp(40_000, 50_000, "A", isAnswer: false), tcp(7777, 7778, "A", isAnswer: false),
        tcp(80, 443, "A", isAnswer: false),
        udp(40_000, 53, isAnswer: false), udp(53, 40_000, isAnswer: true), udp(7777, 40_000, isAnswer: false),
        udp(123, 123, isAnswer: false), udp(68, 67, isAnswer: false), udp(67, 68, isAnswer: true),
        udp(547, 546, isAnswer: true), udp(546, 547, isAnswer: false),
        icmp(8, isAnswer: false), icmp(0, isAnswer: true), icmp(13, isAnswer: false), icmp(14, isAnswer: true),
        icmp(3, isAnswer: false),
    ]
}

@Suite("Initiators")
struct InitiatorTests {
    @Test(arguments: FirstPacket.all)
    func areWhomTheFirstPacketSpeaksFor(packet: FirstPacket) {
        let watch = FlowWatch()
        watch.see(packet.frame, at: 0)
        watch.finish()
        #expect(watch.ended.map(\.source) == [packet.isAnswer ? .host(2) : .host(1)])
        #expect(watch.ended.map(\.beganWithResponder) == [packet.isAnswer])
        #expect(watch.ended.map(\.sourcePackets) == [packet.isAnswer ? 0 : 1])
        #expect(watch.ended.map(\.destinationPackets) == [packet.isAnswer ? 1 : 0])
    }

    @Test func doNotChangeWithWhatFollows() {
        let watch = FlowWatch()
        watch.see(PacketBuilder.datagram(from: .host(2), 7777, to: .host(1), 7778), at: 0)
        for _ in 0..<2 { watch.see(PacketBuilder.datagram(from: .host(1), 7778, to: .host(2), 7777), at: 0) }
        watch.finish()
        #expect(watch.ended.map(\.source) == [.host(2)])
        #expect(watch.ended.map(\.sourcePackets) == [1])
        #expect(watch.ended.map(\.destinationPackets) == [2])
    }

    /// Nobody answers a group: its ports say nothing.
    @Test(arguments: [UInt32(0xffff_ffff), 0xe000_00fb])
    func areWhoSendsToMany(group: UInt32) {
        let watch = FlowWatch()
        let frame = PacketBuilder.datagram(from: .host(1), 67, to: .v4(IPv4Address(bits: group)), 40_000)
        watch.see(frame, at: 0)
        watch.finish()
        #expect(watch.ended.map(\.source) == [.host(1)])
    }

    @Test func keepTheirHardwareAddress() {
        let watch = FlowWatch()
        let packet = PacketBuilder.ip(PacketBuilder.udp(from: 53, to: 40_000), 17, from: .host(1), to: .host(2))
        watch.see(PacketBuilder.ethernet(packet, from: 0x0200_0000_0001, to: 0x0200_0000_0002), at: 0)
        watch.finish()
        #expect(watch.ended.map(\.source) == [.host(2)])
        #expect(watch.ended.map(\.sourceMAC) == [MACAddress(bits: 0x0200_0000_0002)])
        #expect(watch.ended.map(\.destinationMAC) == [MACAddress(bits: 0x0200_0000_0001)])
    }
}
