import Addressing
import Capture
import Containers
import Flows
import Glibc
import Pipeline
import Records
import Synchronization
import Testing

@testable import Monitor

/// The whole of it on the loopback of this host, with a clock of the test's own.
@Suite("Live monitor", .enabled(if: geteuid() == 0, "needs root, for a capture"), .serialized)
struct LiveMonitorTests {
    private final class Told: RecordSink {
        var steps: [(from: Timestamp, to: Timestamp)] = []
        /// Entries told after the first step, by time.
        var retold: [JournalEntry] = []
        var entries = 0
        var reasons: [Flow.EndReason] = []
        var sheds: [DetailChange] = []

        func flow(_ action: FlowAction, _ flow: Flow, _ book: borrowing FlowBook, _ names: FlowNames) {
            if let reason = flow.endReason { reasons.append(reason) }
        }

        func sighting(_ sighting: Sighting, _ book: borrowing FlowBook) {}

        func changed(_ entry: JournalEntry) {
            if steps.isEmpty { entries += 1 } else { retold.append(entry) }
        }

        func shed(_ change: DetailChange) { sheds.append(change) }

        func clockChanged(from: Timestamp, to: Timestamp) { steps.append((from, to)) }
    }

    private static func settings(ahead: SharedNumber) -> LiveSettings {
        var settings = LiveSettings()
        settings.interfaces = ["lo"]
        // Nothing of what others do there.
        settings.capture.filter = "udp port 9 and host 127.77.0.1"
        settings.now = { Clock.now.adding(ahead.value) }
        return settings
    }

    /// Sends a datagram over the loopback that nobody takes.
    private static func send(_ count: Int = 1) {
        let descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(9).bigEndian
        address.sin_addr.s_addr = UInt32(0x7f4d_0001).bigEndian
        for _ in 0..<count {
            _ = unsafe withUnsafePointer(to: &address) { pointer in
                unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    unsafe sendto(descriptor, "x", 1, 0, $0, 16)
                }
            }
        }
    }

    /// Runs until `isOver`, which is asked with the number of rounds so far, 10 s at most.
    private static func run(_ monitor: LiveMonitor, until isOver: (Int) -> Bool) throws {
        let limit = Clock.monotonic + 10_000_000_000
        var rounds = 0
        try monitor.run(
            isOver: {
                rounds += 1
                return isOver(rounds) || Clock.monotonic > limit
            },
            idle: {}
        )
    }

    @Test func beginsAnewWhenTheClockIsSetBack() throws {
        let told = Told()
        let ahead = SharedNumber()
        let monitor = try LiveMonitor(settings: Self.settings(ahead: ahead), sink: told)
        var sent = 0
        try Self.run(monitor) { _ in
            let frames = monitor.pipeline.totals.frames
            if sent == 0 {
                Self.send()
                sent = 1
            } else if frames == 1, told.steps.isEmpty {
                // Less than an hour would do.
                ahead.value = -3_600_000_000_000
            } else if told.steps.count == 1 {
                return true
            }
            return false
        }
        let step = try #require(told.steps.first)
        #expect(step.from.nanoseconds - step.to.nanoseconds > 3_500_000_000_000)
        #expect(told.reasons == [.forced])
        #expect(told.retold.count > 2)
        #expect(told.retold.allSatisfy { $0.time <= step.to.adding(20_000_000_000) })
        // The journal has the host, its interfaces and addresses as before.
        #expect(monitor.inventory.host != nil)
        #expect(monitor.inventory.namespaces.contains { $0.isHost && !$0.interfaces.isEmpty })
        #expect(monitor.watch.remarks.take().contains { $0.hasPrefix("the clock was set back by 3") })
    }

    @Test func goesOnWhenTheClockIsSetForward() throws {
        let told = Told()
        let ahead = SharedNumber()
        let monitor = try LiveMonitor(settings: Self.settings(ahead: ahead), sink: told)
        var sent = false
        try Self.run(monitor) { _ in
            if !sent {
                Self.send()
                sent = true
            } else if monitor.pipeline.totals.frames == 1 {
                ahead.value = 3_600_000_000_000
            }
            return !told.reasons.isEmpty
        }
        #expect(told.steps.map { $0.from < $0.to } == [true])
        #expect(told.reasons == [.idle])
    }

    @Test func whatWasOfferedAddsUpAtTheEnd() throws {
        let monitor = try LiveMonitor(settings: Self.settings(ahead: SharedNumber()), sink: Told())
        var sent: UInt64 = 0
        try Self.run(monitor) { round in
            Self.send(1000)
            sent += 1000
            return round > 20
        }
        let summary = monitor.summary
        let unread = try #require(summary.unread)
        #expect(summary.dropped == 0)
        #expect(summary.offered == summary.frames + unread)
        // What was sent before the end was asked for is read, but for what the kernel holds longer than it says it does.
        if unread == 0 { #expect(summary.frames == sent) } else { #expect((summary.offered ?? 0) >= sent) }
    }

    @Test func endsAlthoughMoreComesAllTheTime() throws {
        let told = Told()
        let monitor = try LiveMonitor(settings: Self.settings(ahead: SharedNumber()), sink: told)
        let isOver = SharedNumber()
        let flood = Flood { isOver.value == 0 }
        defer { flood.join() }
        var asked: Int64 = 0
        try Self.run(monitor) { _ in
            if monitor.pipeline.totals.frames < 10_000 { return false }
            asked = Clock.monotonic
            return true
        }
        let took = Clock.monotonic - asked
        isOver.value = 1
        let summary = monitor.summary
        print(
            "ended under a flood after \(took / 1_000_000) ms: \(summary.frames) packets seen, "
                + "\(summary.dropped ?? 0) dropped, \(summary.unread ?? 0) unread, \(told.sheds.count) times less or more told"
        )
        #expect(asked != 0)
        #expect(summary.offered == summary.frames + (summary.dropped ?? 0) + (summary.unread ?? 0))
        #expect(took < 50_000_000_000)
    }

    /// A thread that sends as long as it may.
    private final class Flood: @unchecked Sendable {
        private var thread: pthread_t = 0
        private let goesOn: @Sendable () -> Bool

        init(_ goesOn: @escaping @Sendable () -> Bool) {
            self.goesOn = goesOn
            let flood = unsafe Unmanaged.passRetained(self)
            unsafe pthread_create(
                &thread,
                nil,
                { argument in
                    guard let argument = unsafe argument else { return nil }
                    let flood = unsafe Unmanaged<Flood>.fromOpaque(argument).takeRetainedValue()
                    while flood.goesOn() { LiveMonitorTests.send(64) }
                    return nil
                },
                flood.toOpaque()
            )
        }

        func join() { pthread_join(thread, nil) }
    }
}

/// A number that several threads may change.
private final class SharedNumber: Sendable {
    private let number = Atomic<Int64>(0)

    var value: Int64 {
        get { number.load(ordering: .relaxed) }
        set { number.store(newValue, ordering: .relaxed) }
    }
}
