import Testing
import Wire

@Suite("802.1ah service tag") struct PBBHeaderTests {
    static let packet: [UInt8] = [
        0xe8,  // priority 7, customer addresses
        0x1e, 0xbb, 0x30,  // service 2014000
    ]

    @Test func readsTheService() throws {
        let bytes = Self.packet
        let header = try PBBHeader(bytes.rawBytes)
        let read = (header.length, header.serviceIdentifier)
        #expect(read.0 == 4)
        #expect(read.1 == 2_014_000)
    }

    @Test(arguments: 0..<4) func saysWhenBytesAreMissing(length: Int) {
        let error = refusal(of: Self.packet.prefix(length)) { bytes throws(WireError) in _ = try PBBHeader(bytes) }
        #expect(error == .truncated(.pbb))
    }
}
