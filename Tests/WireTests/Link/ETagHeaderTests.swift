import Testing
import Wire

@Suite("802.1BR tag") struct ETagHeaderTests {
    static let packet: [UInt8] = [
        0xe0, 0x64,  // priority 7, ingress channel 100
        0x20, 0xc8,  // group 2, channel 200
        0x00, 0x00,  // extensions
        0x86, 0xdd,  // IPv6
    ]

    @Test func readsChannelAndWhatComesNext() throws {
        let bytes = Self.packet
        let header = try ETagHeader(bytes.rawBytes)
        let read = (header.length, header.etherType, header.channelBase)
        #expect(read.0 == 8)
        #expect(read.1 == 0x86dd)
        #expect(read.2 == 0x20c8)
    }

    @Test(arguments: 0..<8) func saysWhenBytesAreMissing(length: Int) {
        let error = refusal(of: Self.packet.prefix(length)) { bytes throws(WireError) in _ = try ETagHeader(bytes) }
        #expect(error == .truncated(.etag))
    }
}
