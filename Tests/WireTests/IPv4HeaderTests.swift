import Testing
import Wire

@Suite("IPv4 header") struct IPv4HeaderTests {
    static let packet: [UInt8] = [
        0x46, 0x00, 0x00, 0x2c,  // version 4, six words, 44 bytes in all
        0xbe, 0xef, 0x40, 0x00,  // identification, not to be fragmented
        0x40, 0x06, 0x00, 0x00,  // 64 hops, TCP, checksum
        0x0a, 0xf4, 0x00, 0x02,  // 10.244.0.2
        0x0a, 0xf4, 0x01, 0x03,  // 10.244.1.3
        0x94, 0x04, 0x00, 0x00,  // router alert
    ]

    static func refused(_ bytes: some Collection<UInt8>) -> WireError? {
        refusal(of: bytes) { bytes throws(WireError) in _ = try IPv4Header(bytes) }
    }

    @Test func readsAddressesLengthsAndPayload() throws {
        let bytes = Self.packet
        let header = try IPv4Header(bytes.rawBytes)
        let lengths = (header.length, header.totalLength)
        let read = (header.source, header.destination, header.payloadProtocol, header.identification)
        #expect(lengths.0 == 24)
        #expect(lengths.1 == 44)
        #expect(read.0 == 0x0af4_0002)
        #expect(read.1 == 0x0af4_0103)
        #expect(read.2 == 6)
        #expect(read.3 == 0xbeef)
    }

    @Test(
        arguments: [
            (0x0000, false, false), (0x4000, false, false),  // whole; and not to be fragmented
            (0x8000, false, false),  // the reserved bit says nothing
            (0x2000, true, false),  // first
            (0x20b9, true, true), (0x0001, true, true), (0x1fff, true, true),  // later, and last
        ] as [(UInt16, Bool, Bool)]
    )
    func tellsFragmentsApart(word: UInt16, isFragment: Bool, isLater: Bool) throws {
        var bytes = Self.packet
        bytes[6] = UInt8(word >> 8)
        bytes[7] = UInt8(word & 255)
        let header = try IPv4Header(bytes.rawBytes)
        let read = (header.isFragment, header.isLaterFragment)
        #expect(read.0 == isFragment)
        #expect(read.1 == isLater)
    }

    @Test(arguments: 0..<20) func saysWhenBytesAreMissing(length: Int) {
        #expect(Self.refused(Self.packet.prefix(length)) == .truncated(.ipv4))
    }

    @Test(arguments: 20..<24) func standsOptionsThatASnapshotCut(length: Int) {
        #expect(Self.refused(Self.packet.prefix(length)) == nil)
    }

    @Test(arguments: [0x06, 0x36, 0x56, 0x66, 0xf6] as [UInt8]) func refusesAnotherVersion(first: UInt8) {
        #expect(Self.refused([first] + Self.packet.dropFirst()) == .malformed(.ipv4))
    }

    @Test(arguments: 0..<5 as Range<UInt8>) func refusesAHeaderShorterThanItself(words: UInt8) {
        #expect(Self.refused([0x40 | words] + Self.packet.dropFirst()) == .malformed(.ipv4))
    }

    @Test(arguments: [(1, false), (23, false), (24, true), (0, true)] as [(UInt8, Bool)])
    func refusesATotalLengthShorterThanTheHeaderButNotOffloadings(length: UInt8, isTaken: Bool) {
        var bytes = Self.packet
        bytes[3] = length
        #expect(Self.refused(bytes) == (isTaken ? nil : .malformed(.ipv4)))
    }
}
