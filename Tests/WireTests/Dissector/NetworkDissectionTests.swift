import Testing
import Wire

@Suite("Dissector, network") struct NetworkDissectionTests {
    private static func dissect6(_ next: UInt8, _ payload: [UInt8]) -> (packet: Packet, counters: DecodeCounters) {
        TestFrame.dissect(TestFrame.ethernet(0x86dd, TestFrame.ipv6(next, payload)))
    }

    /// An IPv4 packet with these flags and this offset.
    private static func fragment(_ word: Int, _ payload: [UInt8]) -> Packet {
        TestFrame.dissect(TestFrame.ethernet(0x0800, TestFrame.ipv4(17, id: 77, fragment: word, payload))).packet
    }

    private static let segment = TestFrame.tcpSegment()

    /// First header, the chain's bytes, and what they add to the packet's length.
    static let chains: [(first: UInt8, chain: [UInt8])] = [
        (0, [6, 0, 1, 4, 0, 0, 0, 0]),
        (43, [6, 0, 4, 0, 0, 0, 0, 0]),
        (60, [6, 1, 1, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
        (51, [6, 2, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0]),
        (44, [6, 0, 0, 0, 0, 0, 0, 1]),
        (139, [6, 0, 0, 0, 0, 0, 0, 0]),
        (0, [60, 0, 1, 4, 0, 0, 0, 0, 43, 0, 1, 4, 0, 0, 0, 0, 6, 0, 4, 0, 0, 0, 0, 0]),
    ]

    @Test(arguments: chains.indices) func followsExtensionHeaders(index: Int) {
        let (first, chain) = Self.chains[index]
        let packet = Self.dissect6(first, chain + Self.segment).packet
        #expect(packet.protocolNumber == 6)
        #expect(packet.flags.contains(.hasTransport))
        #expect(packet.highPort == 40000)
        #expect(Int(packet.length) == 40 + chain.count + 20)
    }

    /// A header that claims more than there is still says what it leads to.
    @Test func namesWhatAChainLeadsToThatEndsTooEarly() {
        let (packet, counters) = Self.dissect6(60, [17, 9, 1, 4, 0, 0, 0, 0] + Self.segment)
        #expect(packet.protocolNumber == 17)
        #expect(packet.transport & 0xffff_ffff == 0)
        #expect(!packet.flags.contains(.hasTransport))
        #expect(counters.truncatedBySender[Int(Layer.destination.rawValue)] == 1)
    }

    @Test func takesAMobilityMessageForTheEnd() {
        #expect(Self.dissect6(135, [59, 0, 0, 0, 0, 0, 0, 0]).packet.protocolNumber == 135)
    }

    @Test func tellsFragmentsApart() {
        #expect(!Self.fragment(0x4000, []).flags.contains(.firstFragment))
        let datagram = TestFrame.udp(1, 2, [UInt8](repeating: 0, count: 8))
        let first = Self.fragment(0x2000, datagram)
        #expect(first.flags.contains(.firstFragment))
        #expect(first.fragmentIdentifier == 77)
        #expect(first.lowPort == 2)
        let later = Self.fragment(0x0002, datagram)
        #expect(later.flags.contains(.laterFragment))
        #expect(later.fragmentIdentifier == 77)
        #expect(later.transport & 0xffff_ffff == 0)
        let six = Self.dissect6(44, [17, 0, 0, 9, 0, 1, 0, 2] + datagram).packet
        #expect(six.flags.contains(.laterFragment))
        #expect(six.fragmentIdentifier == 65538)
        #expect(six.protocolNumber == 17)
    }

    /// TSO and BIG TCP leave the length empty, as it does not fit or is not known yet.
    @Test func takesALengthOfZeroForWhatWasOnTheWire() {
        var four = TestFrame.tcp
        four[2] = 0
        four[3] = 0
        #expect(TestFrame.dissect(TestFrame.ethernet(0x0800, four), wireLength: 70_014).packet.length == 70_000)
        var six = TestFrame.tcp6
        six[5] = 0
        #expect(TestFrame.dissect(TestFrame.ethernet(0x86dd, six), wireLength: 70_014).packet.length == 70_000)
        // No payload, and none announced.
        six[6] = 59
        #expect(TestFrame.dissect(TestFrame.ethernet(0x86dd, six)).packet.length == 40)
    }

    @Test func leavesPaddingOut() {
        let frame = TestFrame.ethernet(0x0800, TestFrame.tcp) + [1, 2, 3, 4, 5, 6]
        let packet = TestFrame.dissect(frame).packet
        #expect(packet.isTheSYN)
        #expect(packet.payloadLength == 0)
    }

    @Test func blamesTheSenderOrTheCapture() {
        let frame = TestFrame.ethernet(0x0800, TestFrame.tcp)
        let cut = TestFrame.dissect(Array(frame.prefix(40)), wireLength: frame.count).counters
        #expect(cut.truncatedByCapture[Int(Layer.tcp.rawValue)] == 1)
        let short = TestFrame.dissect(TestFrame.ethernet(0x0800, TestFrame.ipv4(6, [0, 1, 0, 2]))).counters
        #expect(short.truncatedBySender[Int(Layer.tcp.rawValue)] == 1)
    }
}
