import Addressing
import Containers
import Testing

/// When an answer may be another than before.
@Suite("Revisions of the journal")
struct JournalRevisionTests {
    /// So many milliseconds from now.
    private func isQuiet(_ watch: JournalWatch, _ delay: Int64) -> Bool {
        watch.journal.isQuiet(at: .milliseconds(watch.time + delay))
    }

    @Test func growWithWhatAnswersRestOn() {
        let watch = JournalWatch()
        var last = watch.journal.revision
        func hasGrown() -> Bool {
            defer { last = watch.journal.revision }
            return watch.journal.revision > last
        }
        let key = watch.link(.of(1, 7), "eth0", addresses: ["192.0.2.1/24"])
        #expect(hasGrown())
        watch.container("c", in: 2)
        #expect(hasGrown())
        watch.apply(.listener(watch.listener(80, in: 2, cgroup: 5)))
        #expect(hasGrown())
        watch.end("c")
        #expect(hasGrown())
        watch.apply(.addressGone(key, .text("192.0.2.1")))
        #expect(hasGrown())
        watch.apply(.interfaceGone(key))
        #expect(hasGrown())
        #expect(!hasGrown())
    }

    @Test func doNotGrowWithConnections() {
        let watch = JournalWatch()
        watch.link(.of(1, 7), "eth0", addresses: ["192.0.2.1/24"])
        // The table of networks is made anew within a second.
        watch.time += 2000
        let translation = Translation(
            namespace: JournalWatch.host,
            protocolNumber: 6,
            originalSource: .init(address: .text("192.0.2.9"), port: 1),
            originalDestination: .init(address: .text("192.0.2.1"), port: 80),
            replySource: .init(address: .text("10.0.0.2"), port: 80),
            replyDestination: .init(address: .text("192.0.2.9"), port: 1)
        )
        watch.apply(.translation(translation))
        let revision = watch.journal.revision
        watch.time += 10_000
        watch.apply(.translationGone(translation))
        watch.apply(.translation(translation))
        #expect(watch.journal.revision == revision)
        #expect(isQuiet(watch, 0))
    }

    @Test func growWhenSomethingIsForgotten() {
        var limits = JournalLimits()
        limits.retention = .seconds(60)
        let watch = JournalWatch(limits: limits)
        watch.container("c", in: 2)
        watch.end("c")
        let revision = watch.journal.revision
        watch.journal.advance(to: .milliseconds(watch.time + 50_000))
        #expect(watch.journal.revision == revision)
        watch.journal.advance(to: .milliseconds(watch.time + 61_000))
        #expect(watch.journal.revision > revision)
    }

    @Test func leaveTheJournalQuietAfterAllGraceIsOver() {
        let watch = JournalWatch()
        watch.container("c", in: 2)
        let lag = IdentityJournal.lag / 1_000_000
        #expect(!isQuiet(watch, -1))
        #expect(!isQuiet(watch, 0))
        #expect(!isQuiet(watch, lag))
        #expect(isQuiet(watch, lag + 1))
    }
}
