import Addressing
import Baseline
import Containers
import Testing

@testable import Detection

/// What a baseline is taught by entries of the journal.
@Suite("Lessons of the journal")
struct BaselineLessonsTests {
    private static let namespace = NetworkNamespace(inode: 7)

    private static func container(_ image: String?) -> JournalEntry.Change {
        var container = Container(key: ContainerKey(identifier: "web1", generation: 1))
        container.namespace = namespace
        container.description.image = image
        return .container(container)
    }

    private static func listener(_ port: UInt16, at address: String = "0.0.0.0") -> Listener {
        Listener(namespace: namespace, protocolNumber: 6, address: Stream.host(address), port: port)
    }

    private static func entry(_ change: JournalEntry.Change, at seconds: Double) -> JournalEntry {
        JournalEntry(time: Stream.time(seconds), change: change)
    }

    private func listeners(_ lessons: BaselineLessons) -> [String] {
        lessons.learner.baseline.profiles.flatMap { profile in
            profile.listeners.map { "\(profile.workload.image ?? "?") \($0.service.port ?? 0) \($0.seen.first)" }
        }
    }

    @Test func aSocketTeachesWhenItIsKnownWhoseItIs() {
        var lessons = BaselineLessons()
        lessons.take(Self.entry(.listener(Self.listener(80)), at: 10))
        lessons.take(Self.entry(Self.container(nil), at: 11))
        #expect(listeners(lessons).isEmpty)
        lessons.take(Self.entry(Self.container("web"), at: 12))
        #expect(listeners(lessons) == ["web 80 12"])
    }

    @Test(arguments: ["127.0.0.11", "::1"]) func whatNobodyElseCanCallTeachesNothing(address: String) {
        var lessons = BaselineLessons()
        lessons.take(Self.entry(Self.container("web"), at: 10))
        lessons.take(Self.entry(.listener(Self.listener(40_123, at: address)), at: 11))
        lessons.take(Self.entry(.listener(Self.listener(80, at: "10.0.0.2")), at: 12))
        #expect(listeners(lessons) == ["web 80 12"])
    }

    @Test func ofTheTimeBeforeTeachesWhatStillListens() {
        var lessons = BaselineLessons()
        for change in [Self.container("web"), .listener(Self.listener(80)), .listener(Self.listener(81))] {
            lessons.prepare(Self.entry(change, at: 10))
        }
        lessons.prepare(Self.entry(.listenerClosed(Self.listener(81)), at: 20))
        #expect(lessons.learner.baseline.profiles.isEmpty)
        lessons.begin(at: Stream.time(100))
        lessons.take(Self.entry(.listener(Self.listener(82)), at: 110))
        #expect(listeners(lessons) == ["web 80 100", "web 82 110"])
        #expect(lessons.learner.baseline.span == 100...110)
    }
}
