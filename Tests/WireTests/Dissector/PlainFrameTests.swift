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

    /// Everything but the hash seed's doing, which both share, as text.
    private static func plain(_ frame: [UInt8], _ wireLength: Int) -> String? {
        let dissector = Dissector(seed: seed)
        var packet = Packet()
        var short = dissector
        guard short.plain(frame.rawBytes, wireLength: wireLength, into: &packet) else { return nil }
        return "\(packet) \(short.counters)"
    }

    private static func walked(_ frame: [UInt8], _ wireLength: Int) -> String {
        var packet = Packet()
        var long = Dissector(seed: seed)
        long.walk(frame.rawBytes, linkType: 1, wireLength: wireLength, into: &packet)
        return "\(packet) \(long.counters)"
    }

    private static let seed = HashSeed.random()

    @Test(arguments: frames.indices) func giveWhatTheWalkGives(index: Int) {
        let frame = Self.frames[index]
        // DHCP is told besides its flow, so that it is not plain.
        let isPlain = index != 3
        #expect((Self.plain(frame, frame.count) != nil) == isPlain)
        if isPlain { #expect(Self.plain(frame, frame.count) == Self.walked(frame, frame.count)) }
    }

    @Test(arguments: frames.indices) func giveWhatTheWalkGivesWhereverTheyAreCut(index: Int) {
        let frame = Self.frames[index]
        for length in frame.indices {
            let cut = Array(frame.prefix(length))
            for wireLength in [length, frame.count] {
                guard let plain = Self.plain(cut, wireLength) else { continue }
                #expect(plain == Self.walked(cut, wireLength), "\(length) of \(wireLength)")
            }
        }
    }

    @Test(arguments: frames.indices) func giveWhatTheWalkGivesWhateverIsChanged(index: Int) {
        var numbers = SeededNumbers(seed: UInt64(index))
        var plainOnes = 0
        for _ in 0..<1500 {
            var frame = Self.frames[index]
            for _ in 0...Int.random(in: 0..<3, using: &numbers) {
                frame[Int.random(in: 12..<frame.count, using: &numbers)] = numbers.bytes(1)[0]
            }
            guard let plain = Self.plain(frame, frame.count) else { continue }
            plainOnes += 1
            #expect(plain == Self.walked(frame, frame.count), "\(frame)")
        }
        if index != 3 { #expect(plainOnes > 300) }
    }
}
