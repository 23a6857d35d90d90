import Testing
import Wire

@Suite("SCTP header") struct SCTPHeaderTests {
    static let packet: [UInt8] = [
        0x8e, 0x3c, 0x96, 0x0c,  // ports 36412 and 38412
        0x00, 0x00, 0x00, 0x05,  // verification tag
        0x00, 0x00, 0x00, 0x00,  // checksum
        0x02,  // INIT ACK
    ]

    @Test func readsPortsTagAndChunk() throws {
        let bytes = Self.packet
        let header = try SCTPHeader(bytes.rawBytes)
        let read = (header.sourcePort, header.destinationPort, header.verificationTag, header.firstChunkType)
        let length = header.length
        #expect(read.0 == 36412)
        #expect(read.1 == 38412)
        #expect(read.2 == 5)
        #expect(read.3 == 2)
        #expect(length == 12)
    }

    @Test func hasNoChunkWhenNoneIsThere() throws {
        let bytes = Array(Self.packet.prefix(12))
        let type = try SCTPHeader(bytes.rawBytes).firstChunkType
        #expect(type == nil)
    }

    @Test(arguments: 0..<12) func saysWhenBytesAreMissing(length: Int) {
        let error = refusal(of: Self.packet.prefix(length)) { bytes throws(WireError) in _ = try SCTPHeader(bytes) }
        #expect(error == .truncated(.sctp))
    }
}
