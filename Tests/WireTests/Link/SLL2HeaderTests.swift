import Addressing
import Testing
import Wire

@Suite("Linux cooked header, version 2") struct SLL2HeaderTests {
    static let packet: [UInt8] = [
        0x86, 0xdd, 0x00, 0x00,  // IPv6, reserved
        0x00, 0x00, 0x01, 0x02,  // interface 258
        0x00, 0x01,  // ARPHRD_ETHER
        0x03,  // for somebody else
        0x06,  // address of six bytes
        0x02, 0x42, 0xac, 0x11, 0x00, 0x02, 0xff, 0xff,  // address and padding
    ]

    @Test func readsProtocolInterfaceAndSender() throws {
        let bytes = Self.packet
        let header = try SLL2Header(bytes.rawBytes)
        let read = (header.length, header.protocolType, header.interfaceIndex, header.hardwareType, header.packetType)
        let source = header.source
        #expect(read.0 == 20)
        #expect(read.1 == 0x86dd)
        #expect(read.2 == 258)
        #expect(read.3 == 1)
        #expect(read.4 == 3)
        #expect(source?.description == "02:42:ac:11:00:02")
    }

    @Test func hasNoSenderOnLinksWithoutSuchAddresses() throws {
        var bytes = Self.packet
        bytes[11] = 4
        let source = try SLL2Header(bytes.rawBytes).source
        #expect(source == nil)
    }

    @Test(arguments: 0..<20) func saysWhenBytesAreMissing(length: Int) {
        let error = refusal(of: Self.packet.prefix(length)) { bytes throws(WireError) in _ = try SLL2Header(bytes) }
        #expect(error == .truncated(.sll2))
    }
}
