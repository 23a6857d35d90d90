import Testing
import Wire

/// What may stand between a link header and IP.
@Suite("Dissector, tags and labels") struct ShimDissectionTests {
    static let shims: [(name: String, type: Int, bytes: [UInt8], vlan: UInt32)] = [
        ("802.1Q", 0x8100, [0, 5, 0x08, 0], 5),
        ("priority tag", 0x8100, [0xe0, 0, 0x08, 0], 0),
        ("802.1ad", 0x88a8, [0, 100, 0x81, 0, 0, 200, 0x08, 0], 100 << 12 | 200),
        ("three tags", 0x9100, [0, 1, 0x81, 0, 0, 2, 0x81, 0, 0, 3, 0x08, 0], 2 << 12 | 3),
        ("MPLS", 0x8847, [0, 1, 0x00, 64, 0, 2, 0x01, 64], 0),
        ("PPPoE", 0x8864, [0x11, 0, 0, 7, 0, 42, 0x00, 0x21], 0),
        ("VN-Tag", 0x8926, [0, 1, 0, 2, 0x08, 0], 0),
        ("802.1BR", 0x893f, [0, 1, 0, 2, 0, 0, 0x08, 0], 0),
        ("metadata", 0x8909, [1, 1, 0, 1, 0, 5, 0x08, 0], 0),
        ("metadata in a VLAN", 0x8100, [0, 5, 0x89, 9, 1, 1, 0, 1, 0, 5, 0x08, 0], 5),
        ("NSH", 0x894f, [0x0f, 0xc6, 1, 1, 0, 0, 1, 255] + [UInt8](repeating: 0, count: 16), 0),
        ("NSH that carries a message", 0x894f, [0x2f, 0xc2, 2, 1, 0, 0, 1, 255], 0),
        ("SNAP", 48, [0xaa, 0xaa, 3, 0, 0, 0, 0x08, 0], 0),
    ]

    @Test(arguments: shims.indices) func findsThePacketBehind(index: Int) {
        let shim = Self.shims[index]
        let packet = TestFrame.dissect(TestFrame.ethernet(shim.type, shim.bytes + TestFrame.tcp)).packet
        #expect(packet.isTheSYN, "\(shim.name)")
        #expect(packet.vlan == shim.vlan, "\(shim.name)")
        #expect(packet.tunnels.isEmpty, "\(shim.name)")
    }

    @Test(arguments: [31, 32, 33]) func endsChainsOfTags(count: Int) {
        let tags = [[UInt8]](repeating: [0, 1, 0x81, 0], count: count - 1).joined() + [0, 1, 0x08, 0]
        let (packet, counters) = TestFrame.dissect(TestFrame.ethernet(0x8100, tags + TestFrame.tcp))
        #expect(packet.isTheSYN == (count <= 32))
        #expect(counters.malformed[Int(Layer.vlan.rawValue)] == (count <= 32 ? 0 : 1))
    }

    @Test func countsFramesWithoutAPacket() {
        let (packet, counters) = TestFrame.dissect(TestFrame.ethernet(0x88cc, [2, 7, 4, 0]))
        #expect(packet.flags.isEmpty)
        #expect(counters.other == 1)
    }
}
