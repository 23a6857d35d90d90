import Addressing
import Testing
import Wire

@Suite("IGMP message") struct IGMPHeaderTests {
    static let packet: [UInt8] = [
        0x16, 0x00, 0x00, 0x00,  // report of version 2, checksum
        0xe0, 0x00, 0x00, 0xfb,  // 224.0.0.251
    ]

    @Test func readsTheGroup() throws {
        let bytes = Self.packet
        let header = try IGMPHeader(bytes.rawBytes)
        let read = (header.type, header.group?.description)
        #expect(read.0 == 0x16)
        #expect(read.1 == "224.0.0.251")
    }

    @Test func hasNoSingleGroupInAReportOfVersionThree() throws {
        let bytes: [UInt8] = [0x22, 0, 0, 0, 0, 0, 0, 1]
        let group = try IGMPHeader(bytes.rawBytes).group
        #expect(group == nil)
    }

    @Test(arguments: 0..<8) func saysWhenBytesAreMissing(length: Int) {
        let error = refusal(of: Self.packet.prefix(length)) { bytes throws(WireError) in _ = try IGMPHeader(bytes) }
        #expect(error == .truncated(.igmp))
    }
}
