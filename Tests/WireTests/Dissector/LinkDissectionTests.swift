import Testing
import Wire

@Suite("Dissector, links") struct LinkDissectionTests {
    static let headers: [(linkType: UInt16, four: [UInt8], six: [UInt8])] = [
        (1, TestFrame.ethernet(0x0800, []), TestFrame.ethernet(0x86dd, [])),
        (12, [], []), (14, [], []), (101, [], []), (228, [], []), (229, [], []),
        (0, [2, 0, 0, 0], [30, 0, 0, 0]), (108, [0, 0, 0, 2], [0, 0, 0, 30]),
        (113, sll([0x08, 0x00]), sll([0x86, 0xdd])), (276, sll2([0x08, 0x00]), sll2([0x86, 0xdd])),
        (9, [0xff, 0x03, 0x00, 0x21], [0xff, 0x03, 0x00, 0x57]), (50, [0x00, 0x21], [0x00, 0x57]),
        (204, [0, 0xff, 0x03, 0x00, 0x21], [1, 0xff, 0x03, 0x00, 0x57]),
        (104, [0x0f, 0, 0x08, 0x00], [0x0f, 0, 0x86, 0xdd]),
    ]

    private static func sll(_ type: [UInt8]) -> [UInt8] { [0, 0, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0] + type }

    private static func sll2(_ type: [UInt8]) -> [UInt8] {
        type + [0, 0, 0, 0, 0, 9, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0]
    }

    @Test(arguments: headers.indices) func findsThePacketBehindTheLinkHeader(index: Int) {
        let (linkType, four, six) = Self.headers[index]
        if linkType != 229 { #expect(TestFrame.dissect(four + TestFrame.tcp, linkType: linkType).packet.isTheSYN) }
        if linkType != 228 { #expect(TestFrame.dissect(six + TestFrame.tcp6, linkType: linkType).packet.isTheSYN6) }
    }

    @Test func takesTheInterfaceFromTheFrameThatNamesIt() {
        #expect(TestFrame.dissect(Self.sll2([0x08, 0x00]) + TestFrame.tcp, linkType: 276).packet.interfaceIndex == 9)
    }

    @Test func countsLinkTypesItDoesNotKnow() {
        let (packet, counters) = TestFrame.dissect(TestFrame.tcp, linkType: 147)
        #expect(packet.flags.isEmpty)
        #expect(counters.unknownLinkTypes == [147: 1])
    }

    @Test(arguments: headers.indices) func neverReadsBeyondACutFrame(index: Int) {
        let (linkType, four, six) = Self.headers[index]
        for frame in [four + TestFrame.tcp, six + TestFrame.tcp6] {
            for length in frame.indices {
                let packet = TestFrame.dissect(
                    Array(frame.prefix(length)),
                    linkType: linkType,
                    wireLength: frame.count
                ).packet
                // The transport header is the last in the frame: without its end none was read.
                #expect(!packet.flags.contains(.hasTransport))
            }
        }
    }
}
