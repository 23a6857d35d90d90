import Addressing
import Support
import Testing

@testable import Wire

/// What is left of a frame when all tunnels are taken off.
@Suite("Carried packets")
struct CarriedPacketTests {
    private static let inner = PacketBuilder.segment(from: .host(1), 40_000, to: .host(2), 80, "S")

    /// What is to be written of a frame.
    private static func written(_ frame: [UInt8], wireLength: Int? = nil) -> (bytes: [UInt8], carried: CarriedPacket) {
        let carried = TestFrame.carried(frame, linkType: 1, wireLength: wireLength ?? frame.count)
        return (Array(frame[carried.start..<carried.end]), carried)
    }

    @Test func withoutATunnelAFrameStaysAsItIs() {
        let (bytes, carried) = Self.written(Self.inner, wireLength: 1400)
        #expect(bytes == Self.inner)
        #expect(carried.linkType == 1 && carried.wireLength == 1400 && !carried.isDecapsulated)
    }

    @Test func ofEthernetInATunnelTheFrameIsLeft() {
        // What stands behind the outer packet is not of it.
        let (bytes, carried) = Self.written(PacketBuilder.vxlan(Self.inner + [7, 7, 7], 42) + [9, 9])
        #expect(bytes == Self.inner + [7, 7, 7])
        #expect(carried.linkType == 1 && carried.wireLength == bytes.count && carried.isDecapsulated)
        #expect(carried.packet.segment & 0xff_ffff == 42)
    }

    @Test func ofIPInATunnelThePacketIsLeft() {
        let packet = Array(Self.inner.dropFirst(14))
        let outer = PacketBuilder.ip(packet, 4, from: .host(201), to: .host(202))
        let (bytes, carried) = Self.written(PacketBuilder.ethernet(outer))
        #expect(bytes == packet)
        #expect(carried.linkType == 101 && carried.wireLength == packet.count)
        // And of a frame that carries it in another tunnel, too.
        #expect(Self.written(PacketBuilder.vxlan(PacketBuilder.ethernet(outer), 7)).bytes == packet)
    }

    @Test func whatCarriesNoIPStaysInItsTunnel() {
        let arp = PacketBuilder.ethernet(Array(repeating: 0, count: 28), type: 0x0806)
        let frame = PacketBuilder.vxlan(arp, 42)
        #expect(Self.written(frame).bytes == frame)
        let bad = PacketBuilder.vxlan([1, 2, 3], 42)
        #expect(Self.written(bad).bytes == bad)
    }

    @Test func whatCarriesNoIPIsOfItsNetwork() {
        let arp = PacketBuilder.ethernet([0, 10, 8, 6] + Array(repeating: 0, count: 28), type: 0x8100)
        #expect(Self.written(arp).carried.packet.vlan == 10)
        // It is the outer frame that is written.
        #expect(Self.written(PacketBuilder.vxlan(arp, 42)).carried.packet.vlan == 0)
    }

    @Test(arguments: [90, 100, 110]) func whatTheCaptureCutIsCut(_ length: Int) {
        let frame = PacketBuilder.vxlan(Self.inner + Array(repeating: 1, count: 40), 42)
        let (bytes, carried) = Self.written(Array(frame.prefix(length)), wireLength: frame.count)
        #expect(bytes == Array(frame[50..<length]))
        #expect(carried.wireLength == frame.count - 50)
    }

    @Test func ofAFragmentedTunnelTheFirstPartIsLeftAndSaysHowLongItWas() {
        let datagram = PacketBuilder.udp(
            [8, 0, 0, 0, 0, 0, 42, 0]
                + PacketBuilder.datagram(from: .host(1), 5, to: .host(2), 6, Array(repeating: 3, count: 500)),
            from: 50_000,
            to: 4789
        )
        guard case .v4(let source) = IPAddress.host(201), case .v4(let destination) = IPAddress.host(202) else {
            return
        }
        let first = PacketBuilder.ipv4(
            Array(datagram.prefix(200)),
            17,
            from: source,
            to: destination,
            hasMore: true
        )
        let (bytes, carried) = Self.written(PacketBuilder.ethernet(first))
        #expect(bytes.count == 200 - 16)
        #expect(carried.wireLength == 14 + 20 + 8 + 500)
        let later = PacketBuilder.ethernet(
            PacketBuilder.ipv4(Array(datagram.dropFirst(200)), 17, from: source, to: destination, offset: 200)
        )
        #expect(Self.written(later).bytes == later)
    }
}
