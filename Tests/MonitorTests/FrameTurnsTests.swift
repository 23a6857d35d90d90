import Addressing
import Capture
import Testing

@testable import Monitor

@Suite("Taking frames in turn")
struct FrameTurnsTests {
    /// Has so many batches of one frame, each a millisecond after the one before it.
    private final class Source: FrameSource {
        let name: String
        var left: Int
        var time: Int64
        var isOver = false
        var failsAt: Int?

        init(_ name: String, batches: Int, from time: Int64 = 0) {
            self.name = name
            left = batches
            self.time = time
        }

        func take(_ body: (borrowing FrameBatch) -> Void) throws(LiveCaptureError) -> Bool {
            if left == failsAt { throw LiveCaptureError(interface: name, reason: .noSuchInterface) }
            guard left > 0 else { return false }
            left -= 1
            time += 1_000_000
            let bytes = [UInt8](repeating: 0, count: 1)
            let frames = [
                Frame(
                    offset: 0,
                    time: Timestamp(nanoseconds: time),
                    capturedLength: 1,
                    wireLength: 1,
                    interface: 0,
                    linkType: 1
                )
            ]
            body(unsafe FrameBatch(bytes: bytes.span.bytes, frames: frames.span))
            return true
        }
    }

    /// What came of it: whether all was taken, how many frames, the rounds, and who failed.
    private struct Outcome {
        var isDrained = false
        var frames = 0
        var rounds: [Bool] = []
        var failed: [String] = []
    }

    /// The clock goes on by one with every look at it.
    private func take(_ sources: [Source], until limit: Int64, enough: (Timestamp) -> Bool = { _ in false }) -> Outcome
    {
        var outcome = Outcome()
        var now: Int64 = 0
        outcome.isDrained = FrameTurns.take(
            from: sources,
            until: limit,
            clock: {
                now += 1
                return now
            },
            enough: enough,
            failed: { source, _ in
                source.isOver = true
                outcome.failed.append(source.name)
            },
            between: { outcome.rounds.append($0) },
            frames: { outcome.frames += $0.frames.count }
        )
        return outcome
    }

    @Test func takesAllThereIs() {
        let outcome = take([Source("a", batches: 130), Source("b", batches: 5), Source("c", batches: 0)], until: 100)
        #expect(outcome.isDrained)
        #expect(outcome.frames == 135)
        #expect(outcome.rounds == [true, true, false])
    }

    @Test func leavesWhatNeverRunsDryAtTheLimit() {
        let endless = Source("flood", batches: .max)
        let outcome = take([endless, Source("b", batches: 3)], until: 10)
        #expect(!outcome.isDrained)
        #expect(outcome.rounds.count == 10)
        #expect(outcome.frames == 10 * 64 + 3)
    }

    @Test func takesARoundAlsoWhenItIsLate() {
        let outcome = take([Source("flood", batches: .max)], until: -5)
        #expect(outcome.frames == 64)
        #expect(!outcome.isDrained)
    }

    @Test func takesNoMoreAfterAFrameThatIsEnough() {
        let outcome = take(
            [Source("flood", batches: .max), Source("late", batches: .max, from: 1_000_000_000)],
            until: 1000
        ) {
            $0.nanoseconds >= 200_000_000
        }
        #expect(outcome.isDrained)
        // Of the second a single one: its first is enough.
        #expect(outcome.frames == 201)
    }

    @Test func goesOnWithoutTheOneThatFails() {
        let broken = Source("broken", batches: 10)
        broken.failsAt = 7
        let outcome = take([broken, Source("b", batches: 100)], until: 100)
        #expect(outcome.failed == ["broken"])
        #expect(outcome.frames == 103)
        #expect(outcome.isDrained)
    }
}
