import Testing
import Wire

@Suite("GTP-U header") struct GTPUHeaderTests {
    static let packet: [UInt8] = [
        0x36,  // version 1, GTP, extension and sequence number are there
        0xff,  // a subscriber's packet
        0x00, 0x20,  // 32 bytes after the first eight
        0x00, 0x00, 0x10, 0x01,  // tunnel
        0x00, 0x05,  // sequence number
        0x00,  // N-PDU
        0x85,  // next: PDU session container
        0x01, 0x10, 0x09, 0xc0,  // one word: PDU type, flow 9; next: PDCP number
        0x02, 0, 0, 0, 0, 0, 0, 0x00,  // two words; next: none
    ]

    static func refused(_ bytes: some Collection<UInt8>) -> WireError? {
        refusal(of: bytes) { bytes throws(WireError) in _ = try GTPUHeader(bytes) }
    }

    @Test func followsExtensionHeaders() throws {
        let bytes = Self.packet
        let header = try GTPUHeader(bytes.rawBytes)
        let read = (header.length, header.carriesPacket, header.tunnelEndpointIdentifier, header.messageType)
        #expect(read.0 == 24)
        #expect(read.1)
        #expect(read.2 == 4097)
        #expect(read.3 == 255)
    }

    @Test(arguments: [(0x30, 8), (0x31, 12), (0x32, 12)] as [(UInt8, Int)])
    func knowsItsLengthWithoutExtensions(first: UInt8, length: Int) throws {
        var bytes = Self.packet
        bytes[0] = first
        let read = try GTPUHeader(bytes.rawBytes).length
        #expect(read == length)
    }

    @Test func tellsMessagesFromPackets() throws {
        let echo: [UInt8] = [0x32, 0x01, 0x00, 0x04, 0, 0, 0, 0, 0, 0, 0, 0]
        let carries = try GTPUHeader(echo.rawBytes).carriesPacket
        #expect(!carries)
    }

    @Test(arguments: 0..<24) func saysWhenBytesAreMissing(length: Int) {
        #expect(Self.refused(Self.packet.prefix(length)) == .truncated(.gtpu))
    }

    @Test(arguments: [0x26, 0x56, 0x16] as [UInt8]) func refusesOtherVersionsAndCharging(first: UInt8) {
        #expect(Self.refused([first] + Self.packet.dropFirst()) == .malformed(.gtpu))
    }

    @Test func refusesAnExtensionWithoutLength() {
        var bytes = Self.packet
        bytes[12] = 0
        #expect(Self.refused(bytes) == .malformed(.gtpu))
    }

    @Test func refusesALengthShorterThanItsOwnHeader() {
        var bytes = Self.packet
        bytes[3] = 15
        #expect(Self.refused(bytes) == .malformed(.gtpu))
        bytes[3] = 16
        #expect(Self.refused(bytes) == nil)
    }

    @Test func followsEightExtensionsAndNoMore() {
        let start: [UInt8] = [0x34, 0xff, 0x01, 0x00, 0, 0, 0, 0, 0, 0, 0, 0xc0]
        let middle: [UInt8] = [0x01, 0, 0, 0xc0]
        let last: [UInt8] = [0x01, 0, 0, 0x00]
        let seven = [[UInt8]](repeating: middle, count: 7).flatMap(\.self)
        #expect(Self.refused(start + seven + last) == nil)
        #expect(Self.refused(start + seven + middle + last) == .malformed(.gtpu))
    }
}
