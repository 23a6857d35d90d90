import Testing
import Wire

@Suite("Network service header") struct NSHHeaderTests {
    static let packet: [UInt8] = [
        0x2f, 0xc3,  // version 0, control, three words
        0x02, 0x03,  // metadata of type 2, Ethernet
        0x00, 0x00, 0x2a, 0xff,  // path 42, index 255
        0xde, 0xad, 0xbe, 0xef,  // context
    ]

    static func refused(_ bytes: some Collection<UInt8>) -> WireError? {
        refusal(of: bytes) { bytes throws(WireError) in _ = try NSHHeader(bytes) }
    }

    @Test func readsPathAndWhatComesNext() throws {
        let bytes = Self.packet
        let header = try NSHHeader(bytes.rawBytes)
        let read = (header.length, header.protocolType, header.pathIdentifier, header.isControl)
        #expect(read.0 == 12)
        #expect(read.1 == 0x6558)
        #expect(read.2 == 42)
        #expect(read.3)
    }

    @Test(arguments: 0..<12) func saysWhenBytesAreMissing(length: Int) {
        #expect(Self.refused(Self.packet.prefix(length)) == .truncated(.nsh))
    }

    @Test func refusesAnotherVersionAndALengthShorterThanItself() {
        var bytes = Self.packet
        bytes[0] = 0x40
        #expect(Self.refused(bytes) == .malformed(.nsh))
        bytes = Self.packet
        bytes[1] = 0xc1
        #expect(Self.refused(bytes) == .malformed(.nsh))
    }
}
