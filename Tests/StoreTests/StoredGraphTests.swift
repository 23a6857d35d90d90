import Addressing
import Containers
import Graph
import Records
import Testing

@testable import Store

@Suite("Stored graph")
struct StoredGraphTests {
    private static func flow(
        _ source: String,
        _ destination: String,
        port: UInt16 = 80,
        at second: Int64,
        bytes: UInt64 = 100
    ) -> FlowObservation {
        var counts = EdgeCounts()
        counts.sourcePackets = 1
        counts.sourceBytes = bytes
        counts.destinationBytes = 10
        func end(_ name: String) -> Endpoint {
            var endpoint = Endpoint(EndpointKey(.container, "id-\(name)"), address: .host(1), at: .seconds(second))
            endpoint.container = SampleFlow.who(name).identity.container
            endpoint.name = name
            return endpoint
        }
        return FlowObservation(
            source: end(source),
            destination: end(destination),
            protocolNumber: 6,
            port: port,
            counts: counts,
            first: .seconds(second),
            last: .seconds(second)
        )
    }

    private static func drawn(_ flows: [FlowObservation]) -> ConnectionGraph {
        var graph = ConnectionGraph()
        graph.track()
        for flow in flows { graph.count(flow) }
        return graph
    }

    private static var shop: ConnectionGraph {
        drawn([flow("web", "cart", at: 10), flow("web", "cart", at: 70), flow("cart", "db", port: 5432, at: 71)])
    }

    private static func write(_ graph: inout ConnectionGraph, _ writer: StoreWriter) throws {
        var batch = StoreBatch()
        batch.graph = graph.takeChanges()
        try writer.write(batch, at: .seconds(0))
    }

    @Test func isReadAsItWasDrawn() throws {
        let folder = try StoreFolder()
        let (store, writer) = try folder.open()
        var graph = Self.shop
        try Self.write(&graph, writer)
        graph.count(Self.flow("web", "cart", at: 75, bytes: 900))
        try Self.write(&graph, writer)
        let (minutes, endpoints, isCut) = try store.minutes(MinuteQuery(span: 0..<600))
        #expect(minutes == graph.minutes)
        #expect(!isCut)
        #expect(endpoints == graph.picture.endpoints)
        // A second time nothing changed.
        #expect(graph.takeChanges().isEmpty)
    }

    @Test func isFoundByContainerPortAndTime() throws {
        let folder = try StoreFolder()
        let (store, writer) = try folder.open()
        var graph = Self.shop
        try Self.write(&graph, writer)
        var query = MinuteQuery(span: 0..<600)
        query.endpoint = "db"
        #expect(try store.sums(query).values.map(\.sourceBytes) == [100])
        query.endpoint = "web"
        #expect(try store.sums(query).values.map(\.sourceBytes) == [200])
        query.span = 60..<120
        #expect(try store.sums(query).values.map(\.sourceBytes) == [100])
        query.port = 81
        #expect(try store.sums(query).isEmpty)
        query = MinuteQuery(span: 0..<600)
        query.protocolNumber = 17
        #expect(try store.sums(query).isEmpty)
    }

    @Test func ofMoreThanIsToldAtOnceTheNewestOfAllEdgesIs() throws {
        let folder = try StoreFolder()
        let (store, writer) = try folder.open()
        var graph = Self.drawn(
            (0..<8).flatMap { minute in
                [Self.flow("web", "cart", at: minute * 60), Self.flow("cart", "db", port: 5432, at: minute * 60)]
            }
        )
        try Self.write(&graph, writer)
        let whole = try store.minutes(MinuteQuery(span: -86_400..<480), limit: 16)
        #expect(whole.minutes == graph.minutes && !whole.isCut)
        let cut = try store.minutes(MinuteQuery(span: -86_400..<480), limit: 15)
        #expect(cut.minutes == Array(graph.minutes.suffix(4)) && cut.isCut)
    }

    @Test func goesOnAfterARestart() throws {
        let folder = try StoreFolder()
        let (store, writer) = try folder.open()
        let flows = [Self.flow("web", "cart", at: 10), Self.flow("cart", "db", port: 5432, at: 71)]
        var before = Self.drawn(flows)
        try Self.write(&before, writer)
        let (minutes, endpoints, _) = try store.minutes(MinuteQuery(span: 0..<600))
        var after = ConnectionGraph()
        after.restore(minutes, endpoints)
        after.track()
        let later = Self.flow("cart", "db", port: 5432, at: 72)
        after.count(later)
        before.count(later)
        #expect(after.picture.endpoints == before.picture.endpoints)
        #expect(after.picture.minutes == before.picture.minutes)
        #expect(after.picture.edges.mapValues(\.counts) == before.picture.edges.mapValues(\.counts))
        try Self.write(&after, writer)
        #expect(try store.minutes(MinuteQuery(span: 0..<600)).minutes == before.minutes)
    }

    @Test func countsEachContainerByItself() throws {
        let folder = try StoreFolder()
        let (store, writer) = try folder.open()
        var graph = Self.drawn([Self.flow("web", "cart", at: 10), Self.flow("cart", "db", port: 5432, at: 11)])
        try Self.write(&graph, writer)
        let minute = try #require(try store.minutes(MinuteQuery(span: 0..<60)).minutes.first)
        let cart = try #require(minute.containers[EndpointKey(.container, "id-cart")])
        // Sent 10 to web and 100 to db, heard 100 and 10.
        #expect(cart.sourceBytes == 110)
        #expect(cart.destinationBytes == 110)
        #expect(cart.flows == 2)
    }

    @Test func whatIsTakenBackIsTakenBackThereToo() throws {
        let folder = try StoreFolder()
        let (store, writer) = try folder.open()
        var flow = Self.flow("web", "cart", at: 10)
        flow.serial = 5
        flow.isOver = false
        var graph = Self.drawn([flow])
        try Self.write(&graph, writer)
        graph.forget(5)
        try Self.write(&graph, writer)
        #expect(try store.sums(MinuteQuery(span: 0..<60)).values.allSatisfy(\.isZero))
    }

    @Test func changesAddUp() throws {
        var graph = Self.drawn([Self.flow("web", "cart", at: 10)])
        var sum = graph.takeChanges()
        graph.count(Self.flow("web", "cart", at: 11))
        graph.count(Self.flow("web", "db", at: 65))
        sum.add(graph.takeChanges())
        #expect(sum.minutes == graph.minutes)
        #expect(Set(sum.endpoints.map(\.key)) == Set(graph.picture.endpoints.keys))
        #expect(sum.edges == graph.picture.edges)
    }
}
