import Capture
import Testing

@testable import Monitor

@Suite("What captures took and lost")
struct LiveLossesTests {
    @Test func whatWasOfferedIsTakenDroppedOrUnread() {
        var losses = LiveLosses()
        losses.add(LiveStatistics(received: 100, dropped: 10, droppedByInterface: 3), taken: 85)
        #expect((losses.offered, losses.dropped, losses.unread) == (100, 10, 5))
        losses.add(LiveStatistics(received: 7, dropped: 0), taken: 7)
        #expect((losses.offered, losses.dropped, losses.unread) == (107, 10, 5))
        #expect(losses.droppedByInterface == 3)
    }

    @Test func theLoopbackCountsOnce() {
        var losses = LiveLosses()
        // Of 40 packets 15 are of the loopback, which the kernel counts again as they are sent.
        losses.add(LiveStatistics(received: 55, dropped: 0), taken: 40, looped: 15)
        #expect((losses.offered, losses.dropped, losses.unread) == (40, 0, 0))
    }

    @Test func alwaysAddsUp() {
        for (received, dropped, looped) in [(UInt64(55), UInt64(9), UInt64(20)), (30, 0, 0), (0, 0, 40)] {
            var losses = LiveLosses()
            losses.add(LiveStatistics(received: received, dropped: dropped), taken: 40, looped: looped)
            #expect(losses.offered == 40 + dropped + (losses.unread ?? 0))
        }
    }

    @Test func whatIsNotKnownIsNotZero() {
        var losses = LiveLosses()
        losses.add(LiveStatistics(), taken: 5)
        #expect((losses.offered, losses.dropped, losses.unread) == (nil, nil, nil))
    }
}
