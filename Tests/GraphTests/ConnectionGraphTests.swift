import Addressing
import Testing

@testable import Graph

@Suite("Connection graph")
struct ConnectionGraphTests {
    @Test func hasAnEdgeForEachServiceBetweenTwoEnds() {
        var graph = ConnectionGraph()
        graph.count(ObservedFlow())
        graph.count(ObservedFlow(bytes: 50, first: 5))
        graph.count(ObservedFlow(port: 443))
        graph.count(ObservedFlow(source: "b", destination: "a"))
        #expect(
            graph.text == [
                "container:a>container:b/80 150", "container:a>container:b/443 100", "container:b>container:a/80 100",
            ]
        )
        #expect(graph.endpoints.keys.sorted().map(\.description) == ["container:a", "container:b"])
        let edge = graph.edges.values.first { $0.counts.bytes == 150 }
        #expect(edge?.counts.flows == 2 && edge?.first.seconds == 0 && edge?.last.seconds == 5)
    }

    @Test func countsWhatARecordCountsOnce() {
        var graph = ConnectionGraph()
        graph.count(ObservedFlow(serial: 7, bytes: 0, isOver: false))
        graph.count(ObservedFlow(serial: 7, bytes: 300, last: 61, isAnother: false, isOver: false))
        graph.count(ObservedFlow(serial: 7, bytes: 500, last: 125, isAnother: false))
        #expect(graph.text == ["container:a>container:b/80 500"])
        #expect(graph.edges.values.first?.counts.flows == 1)
        // Each in the minute in which it was counted.
        let minutes = graph.minutes.map { $0.edges.values.map(\.bytes) }
        #expect(minutes == [[0], [300], [200]])
    }

    @Test func movesAFlowToWhoItTurnsOutToBe() {
        var graph = ConnectionGraph()
        graph.count(ObservedFlow(source: "10.0.0.2", serial: 7, bytes: 100, isOver: false))
        graph.count(ObservedFlow(source: "web", serial: 7, bytes: 300, isAnother: false))
        #expect(graph.text == ["container:web>container:b/80 300"])
        #expect(graph.edges.values.first?.counts.flows == 1)
        #expect(graph.minutes.map { $0.edges.keys.map(\.source.name) } == [["web"]])
    }

    @Test func movesOnlyWhatWasCountedInAMinute() {
        var graph = ConnectionGraph()
        graph.count(ObservedFlow(source: "x", serial: 7, bytes: 1000, isOver: false))
        graph.count(ObservedFlow(source: "x", serial: 7, bytes: 1100, last: 61, isAnother: false, isOver: false))
        graph.count(ObservedFlow(source: "x", bytes: 500, first: 62))
        graph.count(ObservedFlow(source: "web", serial: 7, bytes: 1300, last: 63, isAnother: false))
        #expect(graph.text == ["container:web>container:b/80 1300", "container:x>container:b/80 500"])
        let minutes = graph.minutes.map { minute in
            minute.edges.sorted { $0.key < $1.key }.map { "\($0.key.source.name) \($0.value.bytes)" }
        }
        // What went before stays as it was told.
        #expect(minutes == [["x 1000"], ["web 300", "x 500"]])
    }

    @Test func countsARecordAnewWhenItHasLessThanBefore() {
        var graph = ConnectionGraph()
        graph.count(ObservedFlow(serial: 7, bytes: 1000, isOver: false))
        graph.count(ObservedFlow(serial: 7, bytes: 700, isAnother: false))
        #expect(graph.text == ["container:a>container:b/80 700"])
        #expect(graph.edges.values.first?.counts.flows == 1)
        #expect(graph.endpoints.count == 2)
        #expect(graph.minutes.flatMap { $0.edges.values.map(\.bytes) } == [700])
    }

    @Test func forgetsAnEndpointWithTheLastOfItsEdges() {
        var graph = ConnectionGraph()
        graph.count(ObservedFlow(source: "192.0.2.1", kind: .outside, serial: 7, isOver: false))
        graph.count(ObservedFlow(source: "shop.example", kind: .outside, serial: 7, isAnother: false))
        #expect(graph.endpoints.keys.map(\.name).sorted() == ["b", "shop.example"])
        graph.count(ObservedFlow(source: "a", destination: "a", serial: 8, isOver: false))
        graph.forget(8)
        #expect(graph.endpoints.count == 2)
    }

    @Test func takesBackWhatAnotherRecordCounts() {
        var graph = ConnectionGraph()
        graph.count(ObservedFlow(bytes: 40))
        graph.count(ObservedFlow(serial: 7, bytes: 100, isOver: false))
        graph.forget(7)
        graph.forget(8)
        #expect(graph.text == ["container:a>container:b/80 40"])
        #expect(graph.minutes.flatMap { $0.edges.values.map(\.bytes) } == [40])
    }

    @Test func countsAttemptsThatCameToNothing() {
        var graph = ConnectionGraph()
        graph.count(ObservedFlow(failures: 1))
        graph.count(ObservedFlow())
        #expect(graph.edges.values.first?.counts.failures == 1)
    }

    @Test func keepsTheNewestOfWhatIsTold() {
        var graph = ConnectionGraph()
        for number in 1...20 {
            var flow = ObservedFlow(first: Int64(number)).observation
            flow.source.addresses = [IPAddress.v4(IPv4Address(bits: UInt32(number)))]
            flow.source.name = "n\(number)"
            graph.count(flow)
        }
        let endpoint = graph.endpoints[EndpointKey(.container, "a")]
        #expect(endpoint?.name == "n20")
        #expect(endpoint?.addresses.count == Endpoint.addressLimit && endpoint?.hasMoreAddresses == true)
        #expect(endpoint?.first.seconds == 1 && endpoint?.last.seconds == 20)
    }
}
