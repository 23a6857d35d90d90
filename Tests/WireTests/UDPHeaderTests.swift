import Testing
import Wire

@Suite("UDP header") struct UDPHeaderTests {
    static let packet: [UInt8] = [
        0xd4, 0x31, 0x00, 0x35,  // ports 54321 and 53
        0x01, 0x02, 0x00, 0x00,  // 258 bytes, no checksum
    ]

    @Test func readsPortsAndLength() throws {
        let bytes = Self.packet
        let header = try UDPHeader(bytes.rawBytes)
        let read = (header.ports, header.datagramLength)
        #expect(read.0 == 54321 << 16 | 53)
        #expect(read.1 == 258)
    }

    @Test(arguments: 0..<8) func saysWhenBytesAreMissing(length: Int) {
        let error = refusal(of: Self.packet.prefix(length)) { bytes throws(WireError) in _ = try UDPHeader(bytes) }
        #expect(error == .truncated(.udp))
    }
}
