import Testing

@testable import Wire

@Suite("Dissector, hostile frames") struct HostileFrameTests {
    /// Every link type there is a case for, and some there is none for.
    static let linkTypes: [UInt16] = [
        0, 1, 9, 10, 12, 14, 50, 101, 104, 105, 108, 113, 127, 204, 228, 229, 239, 258, 276, 147, 65535,
    ]

    @Test(arguments: linkTypes) func neverTrapsOnRandomBytes(linkType: UInt16) {
        var numbers = SeededNumbers(seed: UInt64(linkType))
        for round in 0..<2000 {
            let bytes = numbers.bytes(round % 160)
            expectSoundOffsets(bytes, linkType, wireLength: round % 3 == 0 ? bytes.count + 1400 : bytes.count)
        }
    }

    @Test(arguments: TunnelDissectionTests.tunnels.indices) func neverTrapsOnDamagedTunnels(index: Int) {
        let outer = TunnelDissectionTests.tunnels[index].outer
        let frame = TestFrame.ethernet(outer[0] >> 4 == 4 ? 0x0800 : 0x86dd, outer)
        var numbers = SeededNumbers(seed: UInt64(index))
        for _ in 0..<2000 {
            var damaged = frame
            for _ in 0..<3 { damaged[Int.random(in: 12..<frame.count, using: &numbers)] = numbers.bytes(1)[0] }
            let length = Int.random(in: 0...frame.count, using: &numbers)
            expectSoundOffsets(Array(damaged.prefix(length)), 1, wireLength: frame.count)
        }
    }

    /// Those who read on trust these: a payload that is said to be there lies in the frame.
    private func expectSoundOffsets(_ bytes: [UInt8], _ linkType: UInt16, wireLength: Int) {
        let packet = TestFrame.dissect(bytes, linkType: linkType, wireLength: wireLength).packet
        let end = Int(packet.payloadOffset) + Int(packet.payloadCaptured)
        #expect(packet.payloadCaptured == 0 || end <= bytes.count, "\(bytes)")
        #expect(packet.outerOffset < bytes.count, "\(bytes)")
        #expect(packet.linkOffset < bytes.count, "\(bytes)")
        let carried = TestFrame.carried(bytes, linkType: linkType, wireLength: wireLength)
        #expect(0 <= carried.start && carried.start <= carried.end && carried.end <= bytes.count, "\(bytes)")
        #expect(carried.wireLength >= carried.end - carried.start, "\(bytes)")
        #expect(carried.packet.key0 == packet.key0 && carried.packet.tunnels == packet.tunnels, "\(bytes)")
    }
}
