import Testing
import Wire

@Suite("Radiotap header") struct RadiotapHeaderTests {
    static let packet: [UInt8] = [
        0x00, 0x00, 0x1a, 0x00,  // version 0, 26 bytes
        0x03, 0x00, 0x00, 0x80,  // time stamp and flags; another word
        0x00, 0x00, 0x00, 0x00,  // of nothing
        0x00, 0x00, 0x00, 0x00,  // alignment
        1, 2, 3, 4, 5, 6, 7, 8,  // time stamp
        0x30, 0x00,  // check sequence at the end, padded header
    ]

    static func refused(_ bytes: some Collection<UInt8>) -> WireError? {
        refusal(of: bytes) { bytes throws(WireError) in _ = try RadiotapHeader(bytes) }
    }

    static func read(_ bytes: [UInt8]) throws -> (length: Int, check: Bool, isPadded: Bool, isDamaged: Bool) {
        let header = try RadiotapHeader(bytes.rawBytes)
        return (header.length, header.hasFrameCheckSequence, header.isPadded, header.isDamaged)
    }

    @Test func findsFlagsBehindTheTimeStamp() throws {
        let read = try Self.read(Self.packet)
        #expect(read.length == 26)
        #expect(read.check)
        #expect(read.isPadded)
        #expect(!read.isDamaged)
    }

    @Test func findsFlagsAlone() throws {
        let read = try Self.read([0x00, 0x00, 0x09, 0x00, 0x02, 0x00, 0x00, 0x00, 0x40])
        #expect(read.length == 9)
        #expect(!read.check)
        #expect(read.isDamaged)
    }

    @Test func hasNoFlagsWhenTheyAreAbsent() throws {
        let read = try Self.read([0x00, 0x00, 0x09, 0x00, 0x04, 0x00, 0x00, 0x00, 0xff])
        #expect(!read.check)
        #expect(!read.isPadded)
        #expect(!read.isDamaged)
    }

    @Test(arguments: 0..<26) func saysWhenBytesAreMissing(length: Int) {
        #expect(Self.refused(Self.packet.prefix(length)) == .truncated(.radiotap))
    }

    @Test(
        arguments: [
            [0x01, 0x00, 0x08, 0x00, 0, 0, 0, 0],  // version 1
            [0x00, 0x00, 0x07, 0x00, 0, 0, 0, 0],  // shorter than itself
            [0x00, 0x00, 0x08, 0x00, 0x02, 0, 0, 0],  // flags beyond the end
            [0x00, 0x00, 0x08, 0x00, 0, 0, 0, 0x80],  // another word beyond the end
        ] as [[UInt8]]
    )
    func refusesWhatContradictsItself(bytes: [UInt8]) {
        #expect(Self.refused(bytes) == .malformed(.radiotap))
    }

    @Test func followsThirtyTwoWordsAndNoMore() {
        let word: [UInt8] = [0, 0, 0, 0x80]
        let words = [[UInt8]](repeating: word, count: 31).flatMap(\.self)
        #expect(Self.refused([0, 0, 140, 0] + words + [0, 0, 0, 0] + [0, 0, 0, 0, 0, 0, 0, 0]) == nil)
        #expect(Self.refused([0, 0, 140, 0] + words + word + [0, 0, 0, 0, 0, 0, 0, 0]) == .malformed(.radiotap))
    }
}
