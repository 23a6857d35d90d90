import Testing
import Wire

@Suite("ICMP header") struct ICMPHeaderTests {
    static let packet: [UInt8] = [
        0x08, 0x00, 0xf7, 0xff,  // echo request, checksum
        0x12, 0x34, 0x00, 0x01,  // identifier, sequence number
    ]

    @Test func readsAnEchoRequest() throws {
        let bytes = Self.packet
        let header = try ICMPHeader(bytes.rawBytes)
        let read = (header.length, header.type, header.code, header.identifier, header.isError)
        #expect(read.0 == 8)
        #expect(read.1 == 8)
        #expect(read.2 == 0)
        #expect(read.3 == 0x1234)
        #expect(!read.4)
    }

    @Test(arguments: [3, 4, 5, 11, 12] as [UInt8]) func knowsErrors(type: UInt8) throws {
        let bytes = [type, 0x03] + Self.packet.dropFirst(2)
        let header = try ICMPHeader(bytes.rawBytes)
        let read = (header.isError, header.identifier, header.code)
        #expect(read.0)
        #expect(read.1 == nil)
        #expect(read.2 == 3)
    }

    @Test(arguments: [9, 10, 42] as [UInt8]) func hasNoIdentifierInWhatIsNoQuery(type: UInt8) throws {
        let bytes = [type] + Self.packet.dropFirst()
        let header = try ICMPHeader(bytes.rawBytes)
        let read = (header.identifier, header.isError)
        #expect(read.0 == nil)
        #expect(!read.1)
    }

    @Test(arguments: 0..<8) func saysWhenBytesAreMissing(length: Int) {
        let error = refusal(of: Self.packet.prefix(length)) { bytes throws(WireError) in _ = try ICMPHeader(bytes) }
        #expect(error == .truncated(.icmp))
    }
}
