import Addressing
import Testing

@testable import Detection

@Suite("Who begins hundreds at once") struct HasteTests {
    private let busy = Self.source(scope: 0)
    private let limit = ContactDetectors.crowd

    private static func source(scope: UInt32) -> Imprint {
        Imprint(Contact.Host(address: Stream.host("10.0.0.1"), scope: scope))
    }

    private func begin(_ haste: inout Haste, _ count: Int, at seconds: Double) -> Int {
        (0..<count).count { _ in haste.began(busy, at: Stream.time(seconds), limit: limit) }
    }

    @Test func isCrowdedFromTheLimitOn() {
        var haste = Haste()
        let judged = begin(&haste, limit + 10, at: 0)
        #expect(judged == 10)
        // A look at one more counts nothing.
        for _ in 0..<5 {
            let isCrowded = haste.began(busy, isGlance: true, at: Stream.time(0.5), limit: limit)
            #expect(isCrowded)
        }
        let other = haste.began(Self.source(scope: 1), at: Stream.time(0.5), limit: limit)
        #expect(!other)
    }

    @Test func refusalsMakeRoomAndAnswersMakeBusy() {
        var (refused, answered) = (Haste(), Haste())
        for _ in 0..<3 * limit {
            let first = refused.began(busy, at: Stream.time(1), limit: limit)
            let wasCrowded = refused.settled(busy, isAnswered: false, at: Stream.time(1), limit: limit)
            #expect(!first && !wasCrowded)
        }
        _ = begin(&answered, 2 * limit, at: 1)
        for _ in 0..<limit { answered.settled(busy, isAnswered: true, at: Stream.time(1), limit: limit) }
        // As many are open as were answered.
        let judged = begin(&answered, 1, at: 1)
        #expect(judged == 0)
    }

    @Test func isForgottenAfterTwoSeconds() {
        var haste = Haste()
        _ = begin(&haste, limit, at: 1)
        let next = begin(&haste, 1, at: 2.5)
        let later = begin(&haste, 1, at: 4)
        #expect(next == 1 && later == 0)
    }
}
