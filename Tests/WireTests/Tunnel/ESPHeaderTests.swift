import Testing
import Wire

@Suite("ESP header") struct ESPHeaderTests {
    static let packet: [UInt8] = [
        0xc0, 0xff, 0xee, 0x01,  // security parameters index
        0x00, 0x00, 0x00, 0x09,  // sequence number
    ]

    static func isESP(_ bytes: [UInt8]) -> Bool { ESPHeader(bytes.rawBytes) != nil }

    @Test func readsIndexAndSequence() throws {
        let bytes = Self.packet
        guard let header = ESPHeader(bytes.rawBytes) else {
            Issue.record("not taken for ESP")
            return
        }
        let read = (header.securityParametersIndex, header.sequenceNumber)
        #expect(read.0 == 0xc0ff_ee01)
        #expect(read.1 == 9)
    }

    @Test(arguments: 0..<8) func isNoneWhenBytesAreMissing(length: Int) {
        #expect(!Self.isESP(Array(Self.packet.prefix(length))))
    }

    @Test func leavesTheMarkerOfIKEAlone() {
        #expect(!Self.isESP([0, 0, 0, 0, 0xaa, 0xbb, 0xcc, 0xdd]))
    }
}
