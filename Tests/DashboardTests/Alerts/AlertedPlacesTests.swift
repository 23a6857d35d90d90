import Addressing
import Containers
import Graph
import Records
import Testing

@testable import Dashboard

@Suite("What alerts speak of")
struct AlertedPlacesTests {
    private static let address = Example.address("10.0.0.2")
    private static let other = Example.address("10.0.0.3")

    /// Two tenants with the same addresses, in one of which the first asks the other; and a container.
    private var graph: GraphPicture {
        var endpoints: [EndpointKey: Endpoint] = [:]
        for name in ["10.0.0.2@vni 7", "10.0.0.2@vni 42"] {
            let key = EndpointKey(.address, name)
            endpoints[key] = Endpoint(key, address: Self.address, at: Example.end)
        }
        for name in ["10.0.0.3@vni 7", "10.0.0.3@vni 42"] {
            let key = EndpointKey(.address, name)
            endpoints[key] = Endpoint(key, address: Self.other, at: Example.end)
        }
        let web = EndpointKey(.container, Example.identifier(1))
        endpoints[web] = Endpoint(web, at: Example.end)
        var edges: [EdgeKey: Edge] = [:]
        for key in [asked, EdgeKey(asked.source, web, protocolNumber: 6, port: 80)] {
            edges[key] = Edge(first: Example.end, last: Example.end)
        }
        return GraphPicture(endpoints: endpoints, edges: edges, minutes: [], folding: GraphFolding())
    }

    private let asked = EdgeKey(
        EndpointKey(.address, "10.0.0.2@vni 42"),
        EndpointKey(.address, "10.0.0.3@vni 42"),
        protocolNumber: 6,
        port: 5432
    )

    private func alert(_ source: IPAddress, _ destination: IPAddress?, rule: String = "scan.vertical") -> AlertRecord {
        var alert = Example.alert(rule, "", 70, ago: 1, of: AlertRecord.End(source), "")
        alert.destination = destination.map { AlertRecord.End($0) }
        return alert
    }

    @Test func addressesAreTakenWhereAnEdgeGoesBetweenThem() {
        let places = AlertedPlaces([alert(Self.address, Self.other)], in: graph)
        #expect(places.ends == [asked.source: ["scan.vertical"], asked.destination: ["scan.vertical"]])
        #expect(places.edges == [asked: ["scan.vertical"]])
        #expect(places.crossings.isEmpty)
    }

    @Test func anEdgeThatTheVictimBeganIsFoundToo() {
        let places = AlertedPlaces([alert(Self.other, Self.address, rule: "flood.reflection")], in: graph)
        #expect(places.edges == [asked: ["flood.reflection"]])
    }

    @Test func withoutAnEdgeAllWhoHaveTheAddressAreMarked() {
        let places = AlertedPlaces([alert(Self.address, nil)], in: graph)
        #expect(places.ends.keys.map(\.name).sorted() == ["10.0.0.2@vni 42", "10.0.0.2@vni 7"])
        #expect(places.edges.isEmpty)
        #expect(AlertedPlaces([alert(Example.address("192.0.2.1"), nil)], in: graph) == AlertedPlaces())
    }

    @Test func oneOfManyIsNotMarked() {
        var flood = alert(Self.address, Self.other, rule: "flood.syn")
        flood.isOfMany = true
        let places = AlertedPlaces([flood], in: graph)
        #expect(Array(places.ends.keys) == [asked.destination])
    }

    @Test func aContainerIsItselfWhateverItsAddress() {
        let web = Example.end(Example.container("web", number: 1), "10.0.0.2")
        let places = AlertedPlaces([Example.alert("listener.new", "", 50, ago: 1, of: web, "")], in: graph)
        #expect(places.ends == [EndpointKey(.container, Example.identifier(1)): ["listener.new"]])
    }

    @Test func crossingsAreEdgesOfTheirOwnAndRulesAreGathered() {
        let alerts = [alert(Self.address, Self.other, rule: "crossing.undeclared"), alert(Self.address, Self.other)]
        let places = AlertedPlaces(alerts, in: graph)
        #expect(places.crossings == [asked])
        #expect(places.edges[asked] == ["crossing.undeclared", "scan.vertical"])
    }

    @Test func ofAnAddressWithManyNamesOnlyTheEdgeCounts() {
        var endpoints: [EndpointKey: Endpoint] = [:]
        for number in 0..<3000 {
            let key = EndpointKey(.process, "p\(number)")
            endpoints[key] = Endpoint(key, address: Self.address, at: Example.end)
        }
        let alone = GraphPicture(endpoints: endpoints, edges: [:], minutes: [], folding: GraphFolding())
        #expect(AlertedPlaces([alert(Self.address, Self.other)], in: alone) == AlertedPlaces())
        let other = EndpointKey(.address, "10.0.0.3")
        endpoints[other] = Endpoint(other, address: Self.other, at: Example.end)
        let key = EdgeKey(EndpointKey(.process, "p2999"), other, protocolNumber: 6, port: 22)
        let joined = GraphPicture(
            endpoints: endpoints,
            edges: [key: Edge(first: Example.end, last: Example.end)],
            minutes: [],
            folding: GraphFolding()
        )
        let places = AlertedPlaces([alert(Self.address, Self.other)], in: joined)
        #expect(places.ends.keys.sorted() == [other, key.source])
    }
}
