import Flows
import Testing
import Wire

@Suite("Hostile sightings") struct HostileSightingTests {
    static let frames: [[UInt8]] = [
        SightingFrames.request(),
        SightingFrames.routerAdvertisement,
        SightingFrames.lease(5),
        SightingFrames.unreachable(),
    ]

    @Test(arguments: frames) func tellsNothingOfAFrameThatIsCutAnywhere(frame: [UInt8]) {
        // What the dissector found in the whole frame, held against fewer bytes.
        let packet = SightingFrames.packet(frame)
        for length in 0..<frame.count { #expect(SightingFrames.sighting(packet, Array(frame.prefix(length))) == nil) }
        #expect(SightingFrames.sighting(packet, frame) != nil)
    }

    @Test(arguments: frames) func standsMessagesOfAnyLength(frame: [UInt8]) {
        var packet = SightingFrames.packet(frame)
        var table = SightingTable()
        let whole = packet.payloadCaptured
        for length in 0...whole {
            packet.payloadCaptured = length
            _ = unsafe table.note(packet, frame: frame.span.bytes, scope: 0, point: 0, time: packet.time)
        }
        #expect(table.counters.told + table.counters.repeated + table.counters.unreadable == UInt64(whole) + 1)
        #expect(table.counters.unreadable > 0)
        #expect(table.counters.told > 0)
    }

    @Test func refusesOffsetsOutsideTheFrame() {
        let frame = SightingFrames.request()
        var packet = SightingFrames.packet(frame)
        for offset in [UInt32(frame.count), .max] {
            packet.payloadOffset = offset
            #expect(SightingFrames.sighting(packet, frame) == nil)
            packet.payloadCaptured = .max
            #expect(SightingFrames.sighting(packet, frame) == nil)
        }
    }

    @Test(arguments: [-7, 5, 40, .max] as [Int32]) func standsAnyLinkOffset(offset: Int32) {
        for frame in Self.frames {
            var packet = SightingFrames.packet(frame)
            packet.linkOffset = offset
            #expect(SightingFrames.sighting(packet, frame) != nil)
        }
    }

    @Test(arguments: frames) func neverTrapsOnFlippedBytes(frame: [UInt8]) {
        let watch = SightingWatch(capacity: 64)
        var generator = Xorshift(state: 0x9e37_79b9_7f4a_7c15)
        let rounds = 4000
        for _ in 0..<rounds {
            var bytes = frame
            for _ in 0..<3 {
                bytes[Int.random(in: 0..<bytes.count, using: &generator)] = .random(in: 0...255, using: &generator)
            }
            bytes.removeLast(Int.random(in: 0..<bytes.count / 2, using: &generator))
            _ = watch.note(bytes, at: 0)
        }
        #expect(watch.table.count <= 64)
        #expect(watch.counters.told > 0)
    }

    /// The same numbers in every run, so that a failure can be seen again.
    struct Xorshift: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return state
        }
    }
}
