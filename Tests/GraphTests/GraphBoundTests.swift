import Addressing
import Testing

@testable import Graph

/// Nobody can make a graph grow past its bounds, and nothing that was counted is lost.
@Suite("Bounds of the graph")
struct GraphBoundTests {
    private var limits: GraphLimits {
        var limits = GraphLimits()
        limits.endpoints = 8
        limits.outside = 4
        limits.edges = 6
        limits.services = 3
        limits.minutes = 5
        limits.edgesOfMinute = 4
        limits.open = 2
        return limits
    }

    private func bytes(_ graph: ConnectionGraph) -> UInt64 { graph.edges.values.reduce(0) { $0 + $1.counts.bytes } }

    @Test func foldAddressesOutsideIntoTheirNetworks() {
        var wide = limits
        wide.edges = 40
        var graph = ConnectionGraph(limits: wide)
        for number in 1...20 {
            graph.count(
                ObservedFlow(source: "198.51.100.\(number)", destination: "203.0.113.9", kind: .outside, port: 53)
            )
        }
        #expect(graph.endpoints.keys.filter { $0.kind == .network }.map(\.name) == ["198.51.100.0/24"])
        #expect(graph.endpoints.keys.count { $0.kind == .outside } == 4)
        #expect(graph.folding.outside == 17)
        #expect(bytes(graph) == 2000)
    }

    @Test func foldEndpointsIntoOthers() {
        var graph = ConnectionGraph(limits: limits)
        for number in 1...20 { graph.count(ObservedFlow(source: "c\(number)", port: nil)) }
        #expect(graph.endpoints.count <= limits.endpoints + 1)
        #expect(graph.endpoints[.others] != nil)
        #expect(graph.folding.endpoints == 13)
        #expect(bytes(graph) == 2000)
    }

    @Test func leaveRoomToThoseWhoLiveHereWhoeverSends() {
        var narrow = limits
        narrow.strangers = 4
        var graph = ConnectionGraph(limits: narrow)
        for number in 1...50 {
            graph.count(
                ObservedFlow(source: "10.0.0.\(number)", destination: "10.1.0.\(number)", kind: .vacant, port: nil)
            )
        }
        #expect(graph.endpoints.keys.count { $0.kind == .vacant } <= 4)
        graph.count(ObservedFlow(source: "new", destination: "db"))
        #expect(graph.text.contains("container:new>container:db/80 100"))
        #expect(bytes(graph) == 5100)
    }

    @Test func foldWhatWasIdleForLongWhenHalfIsThere() {
        var graph = ConnectionGraph(limits: limits)
        for source in ["a", "b", "c"] { graph.count(ObservedFlow(source: source, destination: "z")) }
        // Idle, but there is room.
        graph.count(ObservedFlow(source: "a", destination: "z", first: 600))
        #expect(graph.edges.count == 3)
        graph.count(ObservedFlow(source: "d", destination: "z", first: 601))
        graph.count(ObservedFlow(source: "a", destination: "z", first: 660))
        #expect(
            graph.text == [
                "container:a>container:z/80 300", "container:d>container:z/80 100", "others>others/- 200",
            ]
        )
        #expect(graph.folding.edges == 2)
        #expect(graph.endpoints.keys.map(\.name).sorted() == ["", "a", "d", "z"])
    }

    @Test func foldServicesThatAreMany() {
        var graph = ConnectionGraph(limits: limits)
        for port in UInt16(1)...50 { graph.count(ObservedFlow(port: port)) }
        #expect(graph.edges.keys.compactMap(\.port).sorted() == [1, 2, 3])
        #expect(graph.folding.services == 47)
        #expect(graph.text.last == "container:a>container:b/3 100" && bytes(graph) == 5000)
    }

    @Test func foldEdgesIntoOneBetweenOthers() {
        var graph = ConnectionGraph(limits: limits)
        for source in ["a", "b", "c", "d"] {
            for destination in ["a", "b", "c", "d"] where source != destination {
                graph.count(ObservedFlow(source: source, destination: destination))
            }
        }
        #expect(graph.edges.count <= limits.edges + 1)
        #expect(graph.text.contains("others>others/- 600"))
        #expect(graph.folding.edges == 6)
        #expect(bytes(graph) == 1200)
    }

    @Test func makeRoomForServicesWhenAnEdgeVanishes() {
        var graph = ConnectionGraph(limits: limits)
        for port in UInt16(1)...3 {
            graph.count(ObservedFlow(port: port, serial: 1, isOver: false))
            graph.forget(1)
        }
        for port in UInt16(4)...6 { graph.count(ObservedFlow(port: port)) }
        #expect(graph.folding == GraphFolding())
        #expect(graph.edges.keys.compactMap(\.port).sorted() == [4, 5, 6])
    }

    @Test func countRecordsTooManyToRememberWhenTheyAreOver() {
        var graph = ConnectionGraph(limits: limits)
        for serial in UInt32(1)...3 { graph.count(ObservedFlow(serial: serial, isOver: false)) }
        #expect(bytes(graph) == 200)
        #expect(graph.folding.open == 1)
        for serial in UInt32(1)...3 { graph.count(ObservedFlow(serial: serial, bytes: 150, isAnother: serial == 3)) }
        #expect(bytes(graph) == 450)
        #expect(graph.edges.values.first?.counts.flows == 3)
    }

    @Test func keepTheLastMinutes() {
        var graph = ConnectionGraph(limits: limits)
        for minute in Int64(0)..<20 { graph.count(ObservedFlow(first: minute * 60 + 3)) }
        #expect(graph.minutes.map { $0.start.seconds / 60 } == Array(15..<20))
        // Late, but of a minute that is kept; and too late.
        graph.count(ObservedFlow(first: 16 * 60))
        graph.count(ObservedFlow(first: 60))
        #expect(graph.minutes.map { $0.edges.values.reduce(0) { $0 + $1.bytes } } == [100, 200, 100, 100, 100])
        #expect(bytes(graph) == 2200)
    }

    @Test func foldEdgesOfAMinute() {
        var graph = ConnectionGraph(limits: limits)
        for source in ["a", "b", "c", "d", "e", "f"] { graph.count(ObservedFlow(source: source, destination: "g")) }
        let minute = graph.minutes.first
        #expect(minute?.edges.count == 5)
        #expect(minute?.edges.values.reduce(0) { $0 + $1.bytes } == 600)
    }

    @Test(arguments: [Int64.min, -61_000_000_000, -1, 0, .max]) func takeAnyTime(nanoseconds: Int64) {
        var graph = ConnectionGraph(limits: limits)
        var flow = ObservedFlow().observation
        flow.last = Timestamp(nanoseconds: nanoseconds)
        graph.count(flow)
        graph.count(ObservedFlow())
        #expect(graph.minutes.count >= 1)
        #expect(graph.minutes.allSatisfy { $0.start.nanoseconds <= max(0, nanoseconds) })
    }
}
