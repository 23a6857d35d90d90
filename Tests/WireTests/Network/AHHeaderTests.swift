import Testing
import Wire

@Suite("Authentication header") struct AHHeaderTests {
    static let packet: [UInt8] = [
        0x06, 0x04, 0x00, 0x00,  // TCP next, six words, reserved
        0x00, 0x00, 0x01, 0x00,  // security parameters index
        0x00, 0x00, 0x00, 0x01,  // sequence number
        1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,  // integrity check value
    ]

    static func refused(_ bytes: some Collection<UInt8>) -> WireError? {
        refusal(of: bytes) { bytes throws(WireError) in _ = try AHHeader(bytes) }
    }

    @Test func readsWhatComesNext() throws {
        let bytes = Self.packet
        let header = try AHHeader(bytes.rawBytes)
        let read = (header.length, header.nextHeader, header.securityParametersIndex)
        #expect(read.0 == 24)
        #expect(read.1 == 6)
        #expect(read.2 == 256)
    }

    @Test func takesALengthOfZeroAtItsWord() throws {
        let bytes: [UInt8] = [0x3a, 0x00, 0, 0, 0, 0, 0, 0]
        let length = try AHHeader(bytes.rawBytes).length
        #expect(length == 8)
    }

    @Test(arguments: 0..<24) func saysWhenBytesAreMissing(length: Int) {
        #expect(Self.refused(Self.packet.prefix(length)) == .truncated(.ah))
    }
}
