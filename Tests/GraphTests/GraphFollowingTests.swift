import Addressing
import Testing

@testable import Graph

@Suite("A graph that is followed")
struct GraphFollowingTests {
    /// The same numbers every time; which ones does not matter.
    private struct Dice {
        var state: UInt64

        mutating func roll(_ sides: UInt64) -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (state >> 33) % sides
        }
    }

    /// Flows that go on, end, and turn out to be somebody else's.
    private func flow(_ dice: inout Dice, at second: Int64) -> ObservedFlow {
        let serial = UInt32(dice.roll(20))
        var flow = ObservedFlow()
        flow.source = "\(dice.roll(6))"
        flow.destination = "\(dice.roll(6) + 10)"
        flow.port = UInt16(serial)
        flow.serial = serial
        flow.bytes = 100 * (1 + UInt64(second))
        flow.first = 0
        flow.last = second
        flow.isAnother = dice.roll(4) == 0
        flow.isOver = dice.roll(4) == 0
        return flow
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>) func staysTheOneThatIsTold(seed: UInt64) {
        var dice = Dice(state: seed)
        var graph = ConnectionGraph()
        graph.track()
        var followed = graph.picture
        var later = GraphChanges()
        for second in 1...300 as ClosedRange<Int64> {
            for _ in 0..<dice.roll(4) { graph.count(flow(&dice, at: second * 15)) }
            later.add(graph.takeChanges())
            guard dice.roll(3) == 0 else { continue }
            let isWhole = followed.apply(later)
            #expect(isWhole)
            later = GraphChanges()
            let picture = graph.picture
            #expect(followed.edges == picture.edges)
            #expect(followed.endpoints.keys == picture.endpoints.keys)
            #expect(followed.minutes == picture.minutes)
        }
        #expect(!followed.edges.isEmpty && followed.minutes.count > 10)
    }

    @Test func forgetsWhatDoesNotStandAnyMore() {
        var graph = ConnectionGraph()
        graph.track()
        var followed = graph.picture
        graph.count(ObservedFlow(serial: 1, isOver: false))
        followed.apply(graph.takeChanges())
        #expect(followed.edges.count == 1 && followed.endpoints.count == 2)
        graph.forget(1)
        followed.apply(graph.takeChanges())
        #expect(followed.edges.isEmpty && followed.endpoints.isEmpty)
    }

    @Test func tellsOfEdgesThatAFullMinuteHasNoRoomFor() {
        var limits = GraphLimits()
        limits.edgesOfMinute = 1
        var graph = ConnectionGraph(limits: limits)
        graph.track()
        graph.count(ObservedFlow(port: 1))
        graph.count(ObservedFlow(port: 2))
        let changes = graph.takeChanges()
        #expect(changes.edges.keys.map(\.port).sorted { $0 ?? 0 < $1 ?? 0 } == [1, 2])
    }

    @Test func hasABound() {
        var limits = GraphLimits()
        (limits.edges, limits.endpoints, limits.minutes) = (2, 3, 2)
        var graph = ConnectionGraph()
        graph.track()
        var followed = graph.picture
        for number in 0..<6 {
            graph.count(ObservedFlow(source: "s\(number)", port: UInt16(number), first: Int64(number) * 60))
        }
        let isWhole = followed.apply(graph.takeChanges(), limits: limits)
        #expect(!isWhole)
        #expect(followed.edges.count == 2 && followed.endpoints.count == 3 && followed.minutes.count == 2)
    }

    @Test(arguments: ["container:a", "others", "outside:a:b", "address:fe80::1%3", "host: "])
    func keysAreReadFromTheirText(text: String) {
        #expect(EndpointKey(text)?.description == text)
    }

    @Test(arguments: ["", ":", "ghost", "ghost:a", "host:", "Host:a", " host:a"])
    func otherTextIsNoKey(text: String) {
        #expect(EndpointKey(text) == nil)
    }
}
