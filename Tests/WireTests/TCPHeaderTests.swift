import Testing
import Wire

@Suite("TCP header") struct TCPHeaderTests {
    static let packet: [UInt8] = [
        0xc0, 0x01, 0x01, 0xbb,  // ports 49153 and 443
        0x11, 0x22, 0x33, 0x44,  // sequence number
        0xaa, 0xbb, 0xcc, 0xdd,  // acknowledgment number
        0x60, 0x12, 0xfa, 0xf0,  // six words, SYN and ACK, window 64240
        0x00, 0x00, 0x00, 0x00,  // checksum, urgent pointer
        0x02, 0x04, 0x05, 0xb4,  // maximum segment size
    ]

    static func refused(_ bytes: some Collection<UInt8>) -> WireError? {
        refusal(of: bytes) { bytes throws(WireError) in _ = try TCPHeader(bytes) }
    }

    @Test func readsPortsNumbersAndWindow() throws {
        let bytes = Self.packet
        let header = try TCPHeader(bytes.rawBytes)
        let numbers = (header.sequenceNumber, header.acknowledgmentNumber, header.window)
        let read = (header.ports, header.length, header.flags)
        #expect(numbers.0 == 0x1122_3344)
        #expect(numbers.1 == 0xaabb_ccdd)
        #expect(numbers.2 == 64240)
        #expect(read.0 == 49153 << 16 | 443)
        #expect(read.1 == 24)
        #expect(read.2 == [.syn, .ack])
    }

    @Test(
        arguments: [(0x01, .fin), (0x02, .syn), (0x04, .rst), (0x08, .psh), (0x10, .ack)] as [(UInt8, TCPFlags)]
    )
    func knowsEachFlag(octet: UInt8, flag: TCPFlags) throws {
        var bytes = Self.packet
        bytes[13] = octet
        let flags = try TCPHeader(bytes.rawBytes).flags
        #expect(flags == flag)
    }

    @Test(arguments: 0..<20) func saysWhenBytesAreMissing(length: Int) {
        #expect(Self.refused(Self.packet.prefix(length)) == .truncated(.tcp))
    }

    @Test(arguments: 20..<24) func standsOptionsThatASnapshotCut(length: Int) {
        #expect(Self.refused(Self.packet.prefix(length)) == nil)
    }

    @Test(arguments: 0..<16 as Range<UInt8>) func refusesAHeaderShorterThanItself(words: UInt8) {
        var bytes = Self.packet
        bytes[12] = words << 4
        #expect(Self.refused(bytes) == (words < 5 ? .malformed(.tcp) : nil))
    }
}
