import Addressing
import Support
import Testing

@testable import Flows

@Suite("Twins")
struct TwinTests {
    private static let bare = PacketBuilder.datagram(from: .host(1), 40_000, to: .host(2), 9, [1, 2])

    /// The bare datagram in a segment; its flow has the same ends.
    private static func inside(_ segment: UInt32) -> [UInt8] { PacketBuilder.vxlan(bare, segment) }

    private func watch(_ frames: [([UInt8], Int64)], end: Int64? = nil) -> FlowWatch {
        let watch = FlowWatch()
        for (frame, second) in frames { watch.see(frame, at: second) }
        if let end { watch.advance(to: end) } else { watch.finish() }
        return watch
    }

    /// What totals gain by all flows.
    private func total(_ watch: FlowWatch) -> UInt64 { watch.ended.reduce(0) { $0 + $1.gain.packets } }

    @Test func nameEachOtherAndTheLargerCounts() {
        for frames in [
            [(Self.bare, 0), (Self.inside(42), 0), (Self.bare, 1)],
            [(Self.inside(42), 0), (Self.bare, 0), (Self.bare, 1)],
            [(Self.bare, 0), (Self.inside(42), 0), (Self.inside(42), 1)],
        ] as [[([UInt8], Int64)]] {
            let watch = watch(frames)
            #expect(watch.ended.count == 2)
            #expect(watch.ended.map(\.twin) == watch.ended.reversed().map(\.identifier))
            #expect(watch.ended.map(\.repeatsTwin) == [false, true])
            #expect(total(watch) == 2)
            #expect(watch.ended.reduce(0) { $0 + $1.gain.bytes } == 60)
        }
    }

    @Test func countOnceWhicheverEndsFirst() {
        for frames in [
            [(Self.bare, 0), (Self.inside(42), 1), (Self.bare, 30)],
            [(Self.bare, 0), (Self.inside(42), 0), (Self.inside(42), 30)],
        ] as [[([UInt8], Int64)]] {
            let watch = watch(frames, end: 1000)
            #expect(total(watch) == 2)
            #expect(watch.ended.map(\.twin) == watch.ended.reversed().map(\.identifier))
        }
    }

    @Test func areNoneWhenTwoSegmentsHaveTheSameEnds() {
        for order in [[0, 1, 2], [1, 0, 2], [1, 2, 0]] {
            let frames = [Self.bare, Self.inside(42), Self.inside(43)]
            let watch = watch(order.map { (frames[$0], 0) })
            #expect(watch.ended.map(\.twin) == [nil, nil, nil])
            #expect(total(watch) == 3)
        }
    }

    @Test func areNoneWhenBothAreTunnelled() {
        #expect(watch([(Self.inside(42), 0), (Self.inside(43), 0)]).ended.map(\.twin) == [nil, nil])
    }

    /// One place sees the one packet a moment after the other.
    @Test(arguments: [(Int64(999_999_999), true), (1_000_000_000, true), (1_000_000_001, false)])
    func areFoundWithinASecond(nanosecond: Int64, isTwin: Bool) {
        for frames in [[Self.bare, Self.inside(42)], [Self.inside(42), Self.bare]] {
            let watch = FlowWatch()
            watch.see(frames[0], at: 0)
            watch.see(frames[1], at: 0, nanosecond)
            watch.finish()
            #expect(watch.ended.allSatisfy { ($0.twin != nil) == isTwin })
        }
    }

    @Test func areNoneWhenOneBeganAfterTheOtherWasLastHeardOf() {
        for end in [Int64(70), 200] {
            let watch = watch([(Self.bare, 0), (Self.inside(42), 59)], end: end)
            #expect(watch.ended.allSatisfy { $0.twin == nil })
        }
        let later = watch([(Self.bare, 0), (Self.inside(42), 61)])
        #expect(later.ended.map(\.twin) == [nil, nil])
    }

    /// The tunnelled one ends while the bare one, silent since before it began, is still in the table.
    @Test func areNoneWhenTheOneThatEndsFirstBeganAfterTheOther() {
        let watch = FlowWatch()
        var inner = TCPConversation()
        for letter in "ShADad" { watch.see(inner.frame(letter), at: 0) }
        inner = TCPConversation()
        for letter in "ShADadR" { watch.see(PacketBuilder.vxlan(inner.frame(letter), 42), at: 100) }
        watch.advance(to: 1000)
        #expect(watch.ended.map(\.endReason) == [.rst, .idle])
        #expect(watch.ended.map(\.twin) == [nil, nil])
    }

    @Test func findEachOtherWhenTheBareOneWasSeenAtSeveralPoints() {
        let watch = FlowWatch()
        watch.see(Self.bare, at: 0, interface: 0)
        watch.see(Self.bare, at: 0, interface: 1)
        watch.see(Self.inside(42), at: 0, interface: 2)
        watch.finish()
        #expect(watch.ended.map(\.twin) == watch.ended.reversed().map(\.identifier))
        #expect(total(watch) == 1)
    }

    @Test func findEachOtherAgainAfterTheirRecordsWereCut() {
        let watch = FlowWatch()
        for second in stride(from: Int64(0), through: 3700, by: 10) {
            watch.see(Self.bare, at: second)
            watch.see(Self.inside(42), at: second)
        }
        watch.finish()
        #expect(watch.ended.count == 6)
        #expect(watch.ended.allSatisfy { $0.twin != nil })
        #expect(total(watch) == 371)
    }

    @Test func findEachOtherAgainAfterAPortWasUsedAgain() {
        let watch = FlowWatch()
        for second in Int64(0)..<3 {
            var conversation = TCPConversation()
            for letter in "ShADadFf" {
                let frame = conversation.frame(letter)
                watch.see(frame, at: second)
                watch.see(PacketBuilder.vxlan(frame, 42), at: second)
            }
        }
        watch.finish()
        #expect(watch.ended.count == 6)
        #expect(watch.ended.allSatisfy { $0.twin != nil })
        #expect(total(watch) == 24)
    }

    @Test func keepWhatTheyWereWhenAThirdComesAfterOneEnded() {
        let watch = FlowWatch()
        watch.see(Self.inside(42), at: 0)
        for second in Int64(0)..<10 { watch.see(Self.bare, at: second * 10) }
        #expect(watch.ended.count == 1)
        watch.see(Self.inside(43), at: 95)
        watch.finish()
        let third = watch.ended.filter { $0.twin == nil }
        #expect(third.map(\.first.seconds) == [95])
        #expect(total(watch) == 11)
    }

    @Test func areFoundOverIPv6() {
        let bare = PacketBuilder.datagram(from: .host6(1), 40_000, to: .host6(2), 9)
        let watch = watch([(bare, 0), (PacketBuilder.vxlan(bare, 42), 0)])
        #expect(watch.ended.map(\.twin) == watch.ended.reversed().map(\.identifier))
    }
}
