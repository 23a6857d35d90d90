import Testing
import Wire

@Suite("NFLOG header") struct NFLOGHeaderTests {
    static let packet: [UInt8] = [
        0x02, 0x00, 0x00, 0x2a,  // IPv4, version 0, group 42
        0x08, 0x00, 0x01, 0x00, 0x08, 0x00, 0x03, 0x00,  // packet header: IPv4, hook 3
        0x05, 0x00, 0x0a, 0x00, 0x00, 0x00, 0x00, 0x00,  // empty prefix, padded
        0x06, 0x00, 0x09, 0x00, 0x45, 0x00,  // the packet's first two bytes
    ]

    /// The same as a big-endian kernel writes it, for a bridge: the family says nothing.
    static let bigEndian: [UInt8] = [
        0x07, 0x00, 0x00, 0x2a,  // bridge, version 0, group 42
        0x00, 0x08, 0x00, 0x01, 0x86, 0xdd, 0x03, 0x00,  // packet header: IPv6, hook 3
        0x00, 0x06, 0x00, 0x09, 0x60, 0x00,  // the packet's first two bytes
    ]

    static func refused(_ bytes: some Collection<UInt8>) -> WireError? {
        refusal(of: bytes) { bytes throws(WireError) in _ = try NFLOGHeader(bytes) }
    }

    @Test func findsThePacketInEitherByteOrder() throws {
        let little = Self.packet
        let big = Self.bigEndian
        let first = try NFLOGHeader(little.rawBytes)
        let second = try NFLOGHeader(big.rawBytes)
        let read = (first.length, first.etherType, second.length, second.etherType)
        #expect(read.0 == 24)
        #expect(read.1 == 0x0800)
        #expect(read.2 == 16)
        #expect(read.3 == 0x86dd)
    }

    @Test(arguments: [(10, 0x86dd), (3, 0x0806), (0, 0x0800)] as [(UInt8, UInt16)])
    func takesTheFamilyBeforeThePacketHeader(family: UInt8, etherType: UInt16) throws {
        var bytes = Self.packet
        bytes[0] = family
        let read = try NFLOGHeader(bytes.rawBytes).etherType
        #expect(read == etherType)
    }

    @Test(arguments: 0..<24) func saysWhenBytesAreMissing(length: Int) {
        #expect(Self.refused(Self.packet.prefix(length)) == .truncated(.nflog))
    }

    @Test func takesAPacketThatWasCut() {
        #expect(Self.refused(Self.packet.prefix(24)) == nil)
    }

    @Test func refusesAnotherVersionAndAnAttributeShorterThanItsHeader() {
        var version = Self.packet
        version[1] = 1
        #expect(Self.refused(version) == .malformed(.nflog))
        var attribute = Self.packet
        attribute[12] = 3
        #expect(Self.refused(attribute) == .malformed(.nflog))
    }

    @Test func givesUpAfterSixtyFourAttributes() {
        let attribute: [UInt8] = [0x04, 0x00, 0x02, 0x00]
        let payload: [UInt8] = [0x04, 0x00, 0x09, 0x00]
        let start: [UInt8] = [0x02, 0x00, 0x00, 0x00]
        let many = [[UInt8]](repeating: attribute, count: 63).flatMap(\.self)
        #expect(Self.refused(start + many + payload) == nil)
        #expect(Self.refused(start + many + attribute + payload) == .malformed(.nflog))
    }
}
