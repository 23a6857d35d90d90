import Addressing
import Support
import Testing

@testable import Dashboard

@Suite("Packets in words")
struct PacketTextTests {
    private let first = IPv4Address(bits: 0x0a00_0001)
    private let second = IPv4Address(bits: 0x0a00_0002)

    private func layers(_ frame: [UInt8], _ linkType: UInt16 = 1) -> [String] {
        PacketText.layers(of: frame, linkType: linkType)
    }

    private var syn: [UInt8] {
        // Ports 41822 and 5432, sequence 7, SYN, window 64240.
        let tcp: [UInt8] = [0xa3, 0x5e, 0x15, 0x38, 0, 0, 0, 7, 0, 0, 0, 0, 0x50, 0x02, 0xfa, 0xf0, 0, 0, 0, 0]
        return PacketBuilder.ipv4(tcp, 6, from: first, to: second)
    }

    private let ethernet: [UInt8] = [2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 0x08, 0x00]

    private func datagram(_ port: UInt16, _ payload: [UInt8]) -> [UInt8] {
        let length = UInt16(payload.count + 8)
        let udp = [0xc0, 0x00, UInt8(port >> 8), UInt8(port & 255), UInt8(length >> 8), UInt8(length & 255), 0, 0]
        return ethernet + PacketBuilder.ipv4(udp + payload, 17, from: first, to: second)
    }

    @Test func saysEachHeaderOfAPlainFrame() {
        #expect(
            layers(ethernet + syn) == [
                "Ethernet 02:00:00:00:00:01 ► 02:00:00:00:00:02", "IPv4 10.0.0.1 ► 10.0.0.2  ttl 64, 40 bytes",
                "TCP 41822 ► 5432 [S] seq 7 win 64240",
            ]
        )
    }

    @Test func looksIntoVXLANAndGeneve() {
        let vxlan = layers(datagram(4789, [8, 0, 0, 0, 0, 0, 42, 0] + ethernet + syn))
        #expect(vxlan.count == 7)
        #expect(vxlan[3] == "VXLAN vni 42")
        #expect(vxlan.last == "TCP 41822 ► 5432 [S] seq 7 win 64240")
        let geneve = layers(datagram(6081, [0, 0, 0x65, 0x58, 0, 0, 7, 0] + ethernet + syn))
        #expect(geneve[3] == "Geneve vni 7")
        #expect(geneve.last == vxlan.last)
    }

    @Test func looksIntoGREAndVLAN() {
        let gre = ethernet + PacketBuilder.ipv4([0x20, 0, 0x08, 0, 0, 0, 0, 9] + syn, 47, from: first, to: second)
        #expect(layers(gre)[2] == "GRE key 9")
        #expect(layers(gre).last == "TCP 41822 ► 5432 [S] seq 7 win 64240")
        let tagged = Array(ethernet.prefix(12)) + [0x81, 0, 0, 100, 8, 0] + syn
        #expect(layers(tagged)[1] == "VLAN 100")
    }

    @Test func saysWhatIsAskedOfDNS() {
        let name: [UInt8] = [3, 119, 119, 119, 4, 115, 104, 111, 112, 0]
        let query: [UInt8] = [0, 5, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0] + name + [0, 1, 0, 1]
        #expect(layers(datagram(53, query)).last == "DNS query 5: www.shop A")
        let answer: [UInt8] =
            [0, 5, 0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0] + name + [0, 1, 0, 1] + [
                0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 9, 0, 4, 10, 0, 0, 9,
            ]
        #expect(layers(datagram(53, answer)).last?.hasSuffix("1 records: www.shop A is 10.0.0.9") == true)
    }

    @Test func saysARPAndICMPAndWhatAnErrorIsAbout() {
        let arp: [UInt8] = [0, 1, 8, 0, 6, 4, 0, 1, 2, 0, 0, 0, 0, 1, 10, 0, 0, 1, 0, 0, 0, 0, 0, 0, 10, 0, 0, 2]
        let frame = Array(ethernet.prefix(12)) + [8, 6] + arp
        #expect(layers(frame).last == "ARP who has 10.0.0.2? tell 10.0.0.1")
        let unreachable = ethernet + PacketBuilder.ipv4([3, 3, 0, 0, 0, 0, 0, 0] + syn, 1, from: second, to: first)
        #expect(
            layers(unreachable).suffix(4) == [
                "ICMP port unreachable", "about the packet:", "IPv4 10.0.0.1 ► 10.0.0.2  ttl 64, 40 bytes",
                "TCP 41822 ► 5432 [S] seq 7 win 64240",
            ]
        )
    }

    @Test func readsIPv6AndOtherLinkTypes() {
        let (source, destination) = (IPv6Address(high: 0xfd00 << 48, low: 1), IPv6Address(high: 0xfd00 << 48, low: 2))
        let udp: [UInt8] = [0, 53, 0, 99, 0, 8, 0, 0]
        let packet = PacketBuilder.ipv6(udp, 17, from: source, to: destination)
        #expect(layers(packet, 101).first == "IPv6 fd00::1 ► fd00::2  hop limit 64, 8 bytes")
        #expect(layers(ethernet + syn, 147) == ["link type 147, which is not told here", "data 54 bytes"])
    }

    @Test(arguments: 0..<90)
    func saysWhereAFrameIsCutOff(length: Int) {
        let whole = datagram(4789, [8, 0, 0, 0, 0, 0, 42, 0] + ethernet + syn)
        let lines = layers(Array(whole.prefix(length)))
        // The whole has 104 bytes, and the last header of it needs all of them.
        #expect(lines.last?.hasSuffix(": cut off") == true)
        #expect(lines.count <= 7)
    }

    @Test func survivesWhateverBytesThereAre() {
        var random = SystemRandomNumberGenerator()
        let whole = datagram(4789, [8, 0, 0, 0, 0, 0, 42, 0] + ethernet + syn)
        for _ in 0..<20_000 {
            var frame = whole
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                frame[Int.random(in: frame.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            let linkType: UInt16 = [0, 1, 101, 113, 276].randomElement(using: &random) ?? 1
            let lines = layers(Array(frame.prefix(Int.random(in: 0...frame.count, using: &random))), linkType)
            #expect(lines.count <= PacketText.limit + 1)
        }
    }

    @Test func tunnelsInTunnelsEnd() {
        var packet = syn
        for _ in 0..<60 { packet = PacketBuilder.ipv4(packet, 4, from: first, to: second) }
        let lines = layers(ethernet + packet)
        #expect(lines.count <= PacketText.limit + 1)
        #expect(lines.last == "more headers than are told")
    }
}
