import Addressing
import Testing
import Wire

@Suite("Linux cooked header") struct SLLHeaderTests {
    static let packet: [UInt8] = [
        0x00, 0x04,  // sent by us
        0x00, 0x01,  // ARPHRD_ETHER
        0x00, 0x06,  // address of six bytes
        0x02, 0x42, 0xac, 0x11, 0x00, 0x02, 0xff, 0xff,  // address and padding
        0x08, 0x00,  // IPv4
    ]

    @Test func readsProtocolAndSender() throws {
        let bytes = Self.packet
        let header = try SLLHeader(bytes.rawBytes)
        let read = (header.length, header.protocolType, header.hardwareType, header.packetType, header.source)
        #expect(read.0 == 16)
        #expect(read.1 == 0x0800)
        #expect(read.2 == 1)
        #expect(read.3 == 4)
        #expect(read.4?.description == "02:42:ac:11:00:02")
    }

    @Test func hasNoSenderOnLinksWithoutSuchAddresses() throws {
        var bytes = Self.packet
        bytes[5] = 0
        let source = try SLLHeader(bytes.rawBytes).source
        #expect(source == nil)
    }

    @Test(arguments: 0..<16) func saysWhenBytesAreMissing(length: Int) {
        let error = refusal(of: Self.packet.prefix(length)) { bytes throws(WireError) in _ = try SLLHeader(bytes) }
        #expect(error == .truncated(.sll))
    }
}
