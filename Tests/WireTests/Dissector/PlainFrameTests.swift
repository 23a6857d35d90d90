import Testing

@testable import Wire

/// The short way through plain frames against the walk, which needs no shortcut to be right.
@Suite("Plain frames") struct PlainFrameTests {
    static let frames: [[UInt8]] = [
        TestFrame.ethernet(0x0800, TestFrame.tcp),
        TestFrame.ethernet(0x0800, TestFrame.ipv4(6, TestFrame.tcpSegment(from: 80, to: 40000, [1, 2, 3]))),
        TestFrame.ethernet(0x0800, TestFrame.ipv4(17, TestFrame.udp(5000, 53, [1, 2, 3, 4, 5]))),
        TestFrame.ethernet(0x0800, TestFrame.ipv4(17, TestFrame.udp(68, 67, [1]))),
        TestFrame.ethernet(
            0x0800,
            TestFrame.ipv4(17, TestFrame.vxlan(42, TestFrame.ethernet(0x0800, TestFrame.tcp)))
        ),
        TestFrame.ethernet(
            0x0800,
            TestFrame.ipv4(
                17,
                TestFrame.vxlan(7, TestFrame.ethernet(0x0800, TestFrame.ipv4(17, TestFrame.udp(1000, 9000, [9]))))
            )
        ),
    ]

    /// The frames as a live capture of all interfaces has them: an SLL2 header in place of Ethernet's.
    private static let cooked = frames.map { frame in
        Array(frame[12..<14]) + [0, 0, 0, 0, 1, 7, 0, 1, 4, 6, 2, 0, 0, 0, 0, 2, 0, 0] + frame[14...]
    }

    private static let both: [(frame: [UInt8], linkType: UInt16)] =
        frames.map { ($0, 1) } + cooked.map { ($0, 276) }

    /// Everything but the hash seed's doing, which both share, as text.
    private static func plain(_ frame: [UInt8], _ linkType: UInt16, _ wireLength: Int) -> String? {
        var packet = Packet()
        var short = Dissector(seed: seed)
        let isPlain =
            linkType == 1
            ? short.plain(frame.rawBytes, wireLength: wireLength, into: &packet)
            : short.plainCooked(frame.rawBytes, wireLength: wireLength, into: &packet)
        return isPlain ? "\(packet) \(short.counters)" : nil
    }

    private static func walked(_ frame: [UInt8], _ linkType: UInt16, _ wireLength: Int) -> String {
        var packet = Packet()
        var long = Dissector(seed: seed)
        long.walk(frame.rawBytes, linkType: linkType, wireLength: wireLength, into: &packet)
        return "\(packet) \(long.counters)"
    }

    private static let seed = HashSeed.random()

    /// DHCP is told besides its flow, so that it is not plain.
    private static func isPlain(_ index: Int) -> Bool { index % frames.count != 3 }

    @Test(arguments: both.indices) func giveWhatTheWalkGives(index: Int) {
        let (frame, linkType) = Self.both[index]
        let plain = Self.plain(frame, linkType, frame.count)
        #expect((plain != nil) == Self.isPlain(index))
        if Self.isPlain(index) { #expect(plain == Self.walked(frame, linkType, frame.count)) }
    }

    @Test(arguments: both.indices) func giveWhatTheWalkGivesWhereverTheyAreCut(index: Int) {
        let (frame, linkType) = Self.both[index]
        for length in frame.indices {
            let cut = Array(frame.prefix(length))
            for wireLength in [length, frame.count] {
                guard let plain = Self.plain(cut, linkType, wireLength) else { continue }
                #expect(plain == Self.walked(cut, linkType, wireLength), "\(length) of \(wireLength)")
            }
        }
    }

    @Test(arguments: both.indices) func giveWhatTheWalkGivesWhateverIsChanged(index: Int) {
        let (original, linkType) = Self.both[index]
        var numbers = SeededNumbers(seed: UInt64(index))
        var plainOnes = 0
        for _ in 0..<1500 {
            var frame = original
            for _ in 0...Int.random(in: 0..<3, using: &numbers) {
                let first = linkType == 1 ? 12 : 0
                frame[Int.random(in: first..<frame.count, using: &numbers)] = numbers.bytes(1)[0]
            }
            guard let plain = Self.plain(frame, linkType, frame.count) else { continue }
            plainOnes += 1
            #expect(plain == Self.walked(frame, linkType, frame.count), "\(frame)")
        }
        if Self.isPlain(index) { #expect(plainOnes > 300) }
    }

    @Test func tellTheInterfaceOfACookedFrame() {
        #expect(TestFrame.dissect(Self.cooked[0], linkType: 276).packet.interfaceIndex == 0x107)
    }
}
