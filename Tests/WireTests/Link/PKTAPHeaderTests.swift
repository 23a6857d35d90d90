import Testing
import Wire

@Suite("PKTAP header") struct PKTAPHeaderTests {
    /// A header of 108 bytes, numbers little-endian.
    static func packet(record: UInt8 = 1, link: UInt8 = 1) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 108)
        bytes[0] = 108
        bytes[4] = record
        bytes[8] = link
        bytes[52] = 0x39
        bytes[53] = 0x05
        return bytes
    }

    static func refused(_ bytes: some Collection<UInt8>) -> WireError? {
        refusal(of: bytes) { bytes throws(WireError) in _ = try PKTAPHeader(bytes) }
    }

    @Test(arguments: [(1, 1, 1), (1, 12, 101), (1, 0, 0), (0, 1, nil)] as [(UInt8, UInt8, UInt16?)])
    func readsTheLinkTypeOfPackets(record: UInt8, link: UInt8, linkType: UInt16?) throws {
        let bytes = Self.packet(record: record, link: link)
        let header = try PKTAPHeader(bytes.rawBytes)
        let read = (header.length, header.linkType, header.processIdentifier)
        #expect(read.0 == 108)
        #expect(read.1 == linkType)
        #expect(read.2 == 1337)
    }

    @Test func readsEitherByteOrder() throws {
        var bytes = [UInt8](repeating: 0, count: 112)
        bytes[3] = 112
        bytes[7] = 1
        bytes[11] = 12
        bytes.replaceSubrange(52..<56, with: [0xff, 0xff, 0xff, 0xff])
        let header = try PKTAPHeader(bytes.rawBytes)
        let read = (header.length, header.linkType, header.processIdentifier)
        #expect(read.0 == 112)
        #expect(read.1 == 101)
        #expect(read.2 == -1)
    }

    @Test(arguments: 0..<108) func saysWhenBytesAreMissing(length: Int) {
        #expect(Self.refused(Self.packet().prefix(length)) == .truncated(.pktap))
    }

    @Test func saysWhenALongerHeaderIsCut() {
        var bytes = Self.packet()
        bytes[0] = 112
        #expect(Self.refused(bytes) == .truncated(.pktap))
    }

    @Test(arguments: [[107, 0, 0, 0], [0, 0, 0, 0], [1, 2, 3, 4]] as [[UInt8]])
    func refusesALengthThatCannotBe(length: [UInt8]) {
        #expect(Self.refused(length + Self.packet().dropFirst(4)) == .malformed(.pktap))
    }
}
