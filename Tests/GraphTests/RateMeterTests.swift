import Addressing
import Testing

@testable import Graph

@Suite("Rates of edges")
struct RateMeterTests {
    private static let key = EdgeKey(
        EndpointKey(.container, "a"),
        EndpointKey(.container, "b"),
        protocolNumber: 6,
        port: 80
    )

    private static func time(_ second: Int64) -> Timestamp { Timestamp(nanoseconds: second * 1_000_000_000) }

    private static func changes(_ key: EdgeKey = key, bytes: UInt64) -> GraphChanges {
        var edge = Edge(first: time(0), last: time(0))
        edge.counts.sourceBytes = bytes
        edge.counts.sourcePackets = bytes / 100
        var changes = GraphChanges()
        changes.edges[key] = edge
        return changes
    }

    @Test func areAveragesOverWholeSpans() {
        var meter = RateMeter()
        meter.note(Self.changes(bytes: 5000), at: Self.time(100))
        // The first sight is no rate.
        #expect(meter.rates.isEmpty)
        for second in Int64(101)...160 { meter.note(Self.changes(bytes: UInt64(second) * 600), at: Self.time(second)) }
        let rate = meter.rates[Self.key]
        #expect(rate?.second.bytes == 600)
        #expect(rate?.second.packets == 6)
        #expect(rate?.tenSeconds.bytes == 600)
        // Sixty seconds: the first of them had all since 5,000.
        #expect(rate?.minute.bytes == (160 * 600 - 5000) / 60)
    }

    @Test func fallWhenNothingGoes() {
        var meter = RateMeter()
        meter.note(Self.changes(bytes: 0), at: Self.time(100))
        meter.note(Self.changes(bytes: 6000), at: Self.time(101))
        meter.note(GraphChanges(), at: Self.time(102))
        #expect(meter.rates[Self.key]?.second.bytes == 0)
        #expect(meter.rates[Self.key]?.tenSeconds.bytes == 600)
        meter.note(GraphChanges(), at: Self.time(111))
        #expect(meter.rates[Self.key]?.tenSeconds.bytes == 0)
        #expect(meter.rates[Self.key]?.minute.bytes == 100)
        meter.note(GraphChanges(), at: Self.time(161))
        #expect(meter.rates.isEmpty)
    }

    @Test func beginAnewWhenTheClockIsSetBack() {
        var meter = RateMeter()
        meter.note(Self.changes(bytes: 0), at: Self.time(100))
        meter.note(Self.changes(bytes: 6000), at: Self.time(101))
        meter.note(GraphChanges(), at: Self.time(50))
        #expect(meter.rates.isEmpty)
    }

    @Test func haveABound() {
        var meter = RateMeter()
        for number in 0..<(RateMeter.limit + 10) {
            var key = Self.key
            key.source = EndpointKey(.container, "\(number)")
            meter.note(Self.changes(key, bytes: 0), at: Self.time(101))
            meter.note(Self.changes(key, bytes: 100), at: Self.time(101))
        }
        #expect(meter.rates.count == RateMeter.limit)
        // What is idle makes room.
        meter.note(GraphChanges(), at: Self.time(180))
        meter.note(Self.changes(bytes: 0), at: Self.time(181))
        meter.note(Self.changes(bytes: 60), at: Self.time(182))
        #expect(meter.rates.count == 1)
    }
}
