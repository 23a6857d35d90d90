import Testing
import Wire

@Suite("GRE header") struct GREHeaderTests {
    static let complete: [UInt8] = [
        0xb0, 0x00,  // checksum, key and sequence number are there; version 0
        0x08, 0x00,  // IPv4
        0x12, 0x34, 0x00, 0x00,  // checksum, reserved
        0x00, 0x00, 0x00, 0x2a,  // key
        0x00, 0x00, 0x00, 0x07,  // sequence number
    ]

    static let enhanced: [UInt8] = [
        0x30, 0x81,  // key, sequence number and acknowledgment are there; version 1
        0x88, 0x0b,  // PPP
        0x00, 0x20,  // payload length
        0x00, 0x18,  // call
        0x00, 0x00, 0x00, 0x01,  // sequence number
        0x00, 0x00, 0x00, 0x02,  // acknowledgment
    ]

    static func refused(_ bytes: some Collection<UInt8>) -> WireError? {
        refusal(of: bytes) { bytes throws(WireError) in _ = try GREHeader(bytes) }
    }

    @Test func readsTheShortestHeader() throws {
        let bytes: [UInt8] = [0x00, 0x00, 0x86, 0xdd]
        let header = try GREHeader(bytes.rawBytes)
        let read = (header.length, header.protocolType, header.key, header.hasSequenceNumber, header.isEnhanced)
        #expect(read.0 == 4)
        #expect(read.1 == 0x86dd)
        #expect(read.2 == nil)
        #expect(!read.3)
        #expect(!read.4)
    }

    @Test func findsTheKeyAfterTheChecksum() throws {
        let bytes = Self.complete
        let header = try GREHeader(bytes.rawBytes)
        let read = (header.length, header.key, header.hasSequenceNumber, header.virtualSubnetIdentifier)
        #expect(read.0 == 16)
        #expect(read.1 == 42)
        #expect(read.2)
        #expect(read.3 == nil)
    }

    @Test func readsTheVirtualSubnetOfNVGRE() throws {
        let bytes: [UInt8] = [0x20, 0x00, 0x65, 0x58, 0x00, 0x13, 0x88, 0x05]
        let header = try GREHeader(bytes.rawBytes)
        let read = (header.length, header.virtualSubnetIdentifier, header.key)
        #expect(read.0 == 8)
        #expect(read.1 == 5000)
        #expect(read.2 == 0x0013_8805)
    }

    @Test func readsTheCallOfPPTP() throws {
        let bytes = Self.enhanced
        let header = try GREHeader(bytes.rawBytes)
        let read = (header.length, header.callIdentifier, header.payloadLength, header.key, header.isEnhanced)
        #expect(read.0 == 16)
        #expect(read.1 == 24)
        #expect(read.2 == 32)
        #expect(read.3 == nil)
        #expect(read.4)
    }

    @Test(arguments: 0..<16) func saysWhenBytesAreMissing(length: Int) {
        #expect(Self.refused(Self.complete.prefix(length)) == .truncated(.gre))
    }

    @Test(arguments: 4..<16) func saysWhenBytesOfPPTPAreMissing(length: Int) {
        #expect(Self.refused(Self.enhanced.prefix(length)) == .truncated(.pptp))
    }

    @Test(
        arguments: [
            [0x40, 0x00, 0x08, 0x00, 0, 0, 0, 0],  // routing
            [0x00, 0x02, 0x08, 0x00, 0, 0, 0, 0],  // version 2
        ] as [[UInt8]]
    )
    func refusesRoutingAndUnknownVersions(bytes: [UInt8]) {
        #expect(Self.refused(bytes) == .malformed(.gre))
    }

    @Test(
        arguments: [
            [0x20, 0x01, 0x08, 0x00, 0, 0, 0, 0],  // IPv4
            [0x00, 0x01, 0x88, 0x0b, 0, 0, 0, 0],  // no call
            [0xa0, 0x01, 0x88, 0x0b, 0, 0, 0, 0],  // a checksum
        ] as [[UInt8]]
    )
    func refusesWhatPPTPNeverSends(bytes: [UInt8]) {
        #expect(Self.refused(bytes) == .malformed(.pptp))
    }
}
