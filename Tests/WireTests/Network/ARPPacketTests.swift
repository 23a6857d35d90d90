import Addressing
import Testing
import Wire

@Suite("ARP packet") struct ARPPacketTests {
    static let packet: [UInt8] = [
        0x00, 0x01, 0x08, 0x00, 0x06, 0x04,  // Ethernet, IPv4, their lengths
        0x00, 0x01,  // who has
        0x02, 0x42, 0xac, 0x11, 0x00, 0x02,  // sender
        0xac, 0x11, 0x00, 0x02,  // 172.17.0.2
        0x00, 0x00, 0x00, 0x00, 0x00, 0x00,  // target, unknown
        0xac, 0x11, 0x00, 0x01,  // 172.17.0.1
    ]

    static func refused(_ bytes: some Collection<UInt8>) -> WireError? {
        refusal(of: bytes) { bytes throws(WireError) in _ = try ARPPacket(bytes) }
    }

    @Test func readsWhoAsksForWhom() throws {
        let bytes = Self.packet
        let packet = try ARPPacket(bytes.rawBytes)
        let hardware = (packet.senderHardwareAddress.description, packet.targetHardwareAddress.isZero)
        let addresses = (packet.senderProtocolAddress.description, packet.targetProtocolAddress.description)
        let read = (packet.operation, packet.isGratuitous)
        #expect(hardware.0 == "02:42:ac:11:00:02")
        #expect(hardware.1)
        #expect(addresses.0 == "172.17.0.2")
        #expect(addresses.1 == "172.17.0.1")
        #expect(read.0 == 1)
        #expect(!read.1)
    }

    @Test func knowsAnAnnouncement() throws {
        var bytes = Self.packet
        bytes[27] = 2
        let read = try ARPPacket(bytes.rawBytes).isGratuitous
        #expect(read)
    }

    @Test(arguments: 0..<28) func saysWhenBytesAreMissing(length: Int) {
        #expect(Self.refused(Self.packet.prefix(length)) == .truncated(.arp))
    }

    @Test(arguments: 0..<6) func refusesOtherHardwareAndProtocols(offset: Int) {
        var bytes = Self.packet
        bytes[offset] ^= 0x10
        #expect(Self.refused(bytes) == .malformed(.arp))
    }
}
