import Testing
import Wire

@Suite("ERSPAN header") struct ERSPANHeaderTests {
    static let typeTwo: [UInt8] = [
        0x10, 0x64,  // version 1, VLAN 100
        0x04, 0x0a,  // class 0, truncated, session 10
        0x00, 0x00, 0x00, 0x05,  // index
    ]

    static let typeThree: [UInt8] = [
        0x2f, 0xff,  // version 2, VLAN 4095
        0x03, 0xff,  // whole, session 1023
        0x00, 0x00, 0x00, 0x01,  // time stamp
        0x00, 0x00,  // security group
        0x08, 0x01,  // frame type 2 (IP), platform-specific subheader follows
        0x04, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,  // the subheader
    ]

    static func refused(_ bytes: some Collection<UInt8>, _ type: UInt16, sequenced: Bool) -> WireError? {
        refusal(of: bytes) { bytes throws(WireError) in
            _ = try ERSPANHeader(bytes, protocolType: type, hasSequenceNumber: sequenced)
        }
    }

    @Test func hasNoHeaderInTypeOne() throws {
        let bytes: [UInt8] = []
        let header = try ERSPANHeader(bytes.rawBytes, protocolType: 0x88be, hasSequenceNumber: false)
        let read = (header.type, header.length, header.vlan, header.sessionIdentifier)
        #expect(read.0 == 1)
        #expect(read.1 == 0)
        #expect(read.2 == nil)
        #expect(read.3 == nil)
        let flags = (header.isTruncated, header.carriesIP)
        #expect(!flags.0)
        #expect(!flags.1)
    }

    @Test func readsSessionAndVLANOfTypeTwo() throws {
        let bytes = Self.typeTwo
        let header = try ERSPANHeader(bytes.rawBytes, protocolType: 0x88be, hasSequenceNumber: true)
        let read = (header.type, header.length, header.vlan, header.sessionIdentifier, header.isTruncated)
        #expect(read.0 == 2)
        #expect(read.1 == 8)
        #expect(read.2 == 100)
        #expect(read.3 == 10)
        #expect(read.4)
    }

    @Test(arguments: [(0x08, 0x01, 20, true), (0x00, 0x00, 12, false)] as [(UInt8, UInt8, Int, Bool)])
    func readsTypeThreeWithAndWithoutSubheader(type: UInt8, last: UInt8, length: Int, carriesIP: Bool) throws {
        var bytes = Self.typeThree
        bytes[10] = type
        bytes[11] = last
        let header = try ERSPANHeader(bytes.rawBytes, protocolType: 0x22eb, hasSequenceNumber: true)
        let read = (header.type, header.length, header.vlan, header.sessionIdentifier, header.carriesIP)
        #expect(read.0 == 3)
        #expect(read.1 == length)
        #expect(read.2 == 4095)
        #expect(read.3 == 1023)
        #expect(read.4 == carriesIP)
    }

    @Test(arguments: 0..<8) func saysWhenBytesOfTypeTwoAreMissing(length: Int) {
        #expect(Self.refused(Self.typeTwo.prefix(length), 0x88be, sequenced: true) == .truncated(.erspan))
    }

    @Test(arguments: 0..<20) func saysWhenBytesOfTypeThreeAreMissing(length: Int) {
        #expect(Self.refused(Self.typeThree.prefix(length), 0x22eb, sequenced: true) == .truncated(.erspan))
    }

    @Test func refusesAVersionThatIsNotTheProtocolTypes() {
        #expect(Self.refused(Self.typeThree, 0x88be, sequenced: true) == .malformed(.erspan))
        #expect(Self.refused(Self.typeTwo + [0, 0, 0, 0], 0x22eb, sequenced: true) == .malformed(.erspan))
        #expect(Self.refused(Self.typeTwo, 0x0800, sequenced: true) == .malformed(.erspan))
    }
}
