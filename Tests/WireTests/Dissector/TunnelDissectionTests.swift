import Testing
import Wire

@Suite("Dissector, tunnels") struct TunnelDissectionTests {
    private static let frame = TestFrame.ethernet(0x0800, TestFrame.tcp)

    /// A tunnel's kind and identifier, and the IPv4 packet that carries the SYN in it.
    static let tunnels: [(kind: TunnelKind, identifier: UInt32, outer: [UInt8])] = [
        (.vxlan, 42, TestFrame.ipv4(17, TestFrame.vxlan(42, frame))),
        (.vxlan, 1, TestFrame.ipv4(17, TestFrame.vxlan(1, port: 8472, frame))),
        (.vxlanGPE, 7, TestFrame.ipv4(17, TestFrame.udp(50000, 4790, [0x0c, 0, 0, 1, 0, 0, 7, 0] + TestFrame.tcp))),
        (.geneve, 9, TestFrame.ipv4(17, TestFrame.udp(50000, 6081, [0, 0, 0x65, 0x58, 0, 0, 9, 0] + frame))),
        (.gre, 0, TestFrame.ipv4(47, [0, 0, 0x08, 0x00] + TestFrame.tcp)),
        (.gre, 40, TestFrame.ipv4(47, [0x20, 0, 0x08, 0x00, 0, 0, 0, 40] + TestFrame.tcp)),
        (.gre, 0, TestFrame.ipv4(47, [0, 0, 0x65, 0x58] + frame)),
        (.gre, 0, TestFrame.ipv4(47, [0, 0, 0x89, 0x09, 0x08, 0, 1, 1, 0, 1, 0, 5] + TestFrame.tcp)),
        (.nvgre, 0x1234, TestFrame.ipv4(47, [0x20, 0, 0x65, 0x58, 0, 0x12, 0x34, 0] + frame)),
        (.erspan, 0, TestFrame.ipv4(47, [0, 0, 0x88, 0xbe] + frame)),
        (.ipip, 0, TestFrame.ipv4(4, TestFrame.tcp)),
        (.fourInSix, 0, TestFrame.ipv6(4, TestFrame.tcp)),
        (.gtpu, 99, TestFrame.ipv4(17, TestFrame.udp(2152, 2152, [0x30, 0xff, 0, 40, 0, 0, 0, 99] + TestFrame.tcp))),
        (.etherip, 0, TestFrame.ipv4(97, [0x30, 0] + frame)),
        (.etherip, 0, TestFrame.ipv6(143, frame)),
        (.mplsInIP, 0, TestFrame.ipv4(137, [0, 1, 0x01, 64] + TestFrame.tcp)),
    ]

    @Test(arguments: tunnels.indices) func countsThePacketInsideAndNamesTheTunnel(index: Int) {
        let (kind, identifier, outer) = Self.tunnels[index]
        let link = TestFrame.ethernet(outer[0] >> 4 == 4 ? 0x0800 : 0x86dd, [])
        let (packet, counters) = TestFrame.dissect(link + outer)
        #expect(packet.isTheSYN)
        #expect(packet.tunnels.kinds == [kind])
        #expect(packet.tunnelIdentifier == identifier)
        #expect(packet.segment == (kind.namesSegment ? Packet.segmentIsNamed | identifier : 0))
        #expect(packet.outerOffset == 14)
        #expect(counters.tunnels[Int(kind.rawValue)] == 1)
        #expect(counters.tunnels.reduce(0, +) == 1)
    }

    @Test func countsWhatCarriesNoPacketForTheTunnel() {
        let arp = TestFrame.ethernet(0x0806, [UInt8](repeating: 0, count: 28))
        let packet = TestFrame.dissect(TestFrame.ethernet(0x0800, TestFrame.ipv4(17, TestFrame.vxlan(42, arp)))).packet
        #expect(packet.protocolNumber == 17)
        #expect(packet.length == 78)
        #expect(packet.tunnels.isEmpty)
        #expect(packet.segment == 0)
        #expect(packet.sighting == .arp)
    }

    /// A keepalive, and a discovery protocol of routers.
    @Test(arguments: [[0, 0, 0x00, 0x00], [0, 0, 0x20, 0x00, 2, 180, 0, 0]] as [[UInt8]])
    func takesGREThatCarriesNoPacketForWhole(payload: [UInt8]) {
        let (packet, counters) = TestFrame.dissect(TestFrame.ethernet(0x0800, TestFrame.ipv4(47, payload)))
        #expect(packet.protocolNumber == 47)
        #expect(packet.tunnels.isEmpty)
        #expect(counters.other == 0)
        #expect(counters.truncatedBySender.allSatisfy { $0 == 0 })
    }

    @Test func countsADatagramThatIsNoTunnelForItself() {
        let frame = TestFrame.ethernet(0x0800, TestFrame.ipv4(17, TestFrame.udp(50000, 4789, [0, 0, 0, 0])))
        let (packet, counters) = TestFrame.dissect(frame)
        #expect(packet.protocolNumber == 17)
        #expect(packet.tunnels.isEmpty)
        #expect(counters.truncatedBySender[Int(Layer.vxlan.rawValue)] == 1)
    }

    /// 3, 6 and 7 tunnels: the deepest that are followed, and one more.
    @Test(arguments: [1, 3, TunnelStack.maximumDepth, TunnelStack.maximumDepth + 1, 40])
    func followsTunnelsToAStatedDepth(depth: Int) {
        let nested = (0..<depth).reduce(TestFrame.tcp) { packet, _ in TestFrame.ipv4(4, packet) }
        let (packet, counters) = TestFrame.dissect(TestFrame.ethernet(0x0800, nested))
        let isTooDeep = depth > TunnelStack.maximumDepth
        #expect(packet.tunnels.kinds.count == min(depth, TunnelStack.maximumDepth))
        #expect(counters.tooDeep == (isTooDeep ? 1 : 0))
        #expect(packet.isTheSYN == !isTooDeep)
    }

    @Test func doesNotEnterWhatAnErrorQuotes() {
        let error: [UInt8] = [3, 3, 0, 0, 0, 0, 0, 0] + TestFrame.tcp
        let packet = TestFrame.dissect(TestFrame.ethernet(0x0800, TestFrame.ipv4(1, error))).packet
        #expect(packet.protocolNumber == 1)
        #expect(packet.length == 68)
        #expect(packet.sighting == .icmpError)
    }
}
