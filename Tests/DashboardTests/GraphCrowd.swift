import Addressing
import Containers
import Graph

/// A host's graph as large as there are any: 5,000 ends, 20,000 edges; who asks how many, and is asked by how many, as in a graph that was
/// recorded. The same in every run.
///
/// Degrees are those of services; the replicas of both sides share the edges of two services out among themselves. Every twelfth name is outside.
struct GraphCrowd {
    private(set) var picture: GraphPicture
    private(set) var rates: [EdgeKey: EdgeRate] = [:]
    /// Seconds since 1970 of what came last.
    private(set) var second: Int64 = 1_795_000_000
    private var state: UInt64 = 7
    /// In one order whatever dictionaries do.
    private var keys: [EdgeKey] = []

    init(_ degrees: GraphDegrees, ends: Int = 5000, edges: Int = 20_000, replicas: Int = 12) {
        picture = GraphPicture(endpoints: [:], edges: [:], minutes: [], folding: GraphFolding())
        let now = Timestamp(nanoseconds: second * 1_000_000_000)
        let services = (0..<ends / replicas).map { number in
            (0..<replicas).map { Self.end(service: number, replica: $0, at: now) }
        }
        // A service has the degrees of one end of the recorded graph; what is drawn by lot are the partners.
        let places = services.indices.map { _ in Int(next() % UInt64(max(degrees.asks.count, 1))) }
        let callers = lots(places.map { degrees.asks.isEmpty ? 1 : degrees.asks[$0] })
        let callees = lots(places.map { degrees.asked.isEmpty ? 1 : degrees.asked[$0] })
        var made: [EdgeKey: Edge] = [:]
        var tries = 0
        while made.count < edges, tries < edges * 50, !callers.isEmpty, !callees.isEmpty {
            let (from, to) = (pick(callers), pick(callees))
            let port = UInt16(1000 + to)
            for _ in 0..<replicas + 8 where made.count < edges {
                tries += 1
                let source = services[from][Int(next() % UInt64(replicas))].key
                let destination = services[to][Int(next() % UInt64(replicas))].key
                guard source != destination else { continue }
                var edge = Edge(first: now, last: now)
                edge.counts.flows = 1 + next() % 100
                // Traffic is as skewed as degrees are.
                edge.counts.sourceBytes = 1000 << (next() % 16)
                edge.counts.destinationBytes = 1000 << (next() % 20)
                edge.counts.sourcePackets = edge.counts.sourceBytes / 800 + 1
                edge.counts.destinationPackets = edge.counts.destinationBytes / 800 + 1
                made[EdgeKey(source, destination, protocolNumber: 6, port: port)] = edge
            }
        }
        var known: [EndpointKey: Endpoint] = [:]
        for end in services.joined() { known[end.key] = end }
        picture = GraphPicture(endpoints: known, edges: made, minutes: [], folding: GraphFolding())
        keys = made.keys.sorted()
        for key in keys { rates[key] = rate(made[key]?.counts.bytes ?? 0) }
    }

    /// A second later: one edge in twenty-five counts otherwise or fell silent, and five pairs speak for the first time.
    mutating func advance() {
        second += 1
        let now = Timestamp(nanoseconds: second * 1_000_000_000)
        var edges = picture.edges
        for key in keys {
            let dice = next() % 100
            // Silent from here on, until the dice wake it.
            if dice < 2 { continue }
            edges[key]?.last = now
            guard dice < 4 else { continue }
            edges[key]?.counts.sourceBytes += 1000 << (dice % 16)
            rates[key] = rate(1000 << (next() % 20))
        }
        for _ in 0..<5 {
            let (one, other) = (keys[Int(next() % UInt64(keys.count))], keys[Int(next() % UInt64(keys.count))])
            let key = EdgeKey(one.source, other.destination, protocolNumber: 6, port: other.port)
            guard key.source != key.destination, edges[key] == nil else { continue }
            edges[key] = Edge(first: now, last: now)
            edges[key]?.counts.flows = 1
            rates[key] = rate(5000)
            keys.append(key)
        }
        picture = GraphPicture(endpoints: picture.endpoints, edges: edges, minutes: [], folding: GraphFolding())
    }

    private func rate(_ bytes: UInt64) -> EdgeRate {
        var rate = EdgeRate()
        rate.minute.bytes = bytes
        rate.second.bytes = bytes / 60
        return rate
    }

    private static func end(service: Int, replica: Int, at now: Timestamp) -> Endpoint {
        guard service % 12 != 11 else {
            let name = "host\(replica).partner\(service).example"
            return Endpoint(EndpointKey(.outside, name), address: IPAddress("198.51.100.7"), at: now)
        }
        let name = "service\(service)-\(replica)"
        var container = Container(key: ContainerKey(identifier: name, generation: 1))
        container.description.name = name
        container.description.image = "crowd/service\(service):1"
        container.description.creator = "project\(service % 16)/service\(service)"
        var endpoint = Endpoint(EndpointKey(.container, name), at: now)
        endpoint.addresses = [.v4(IPv4Address(bits: 0x0a00_0000 + UInt32(service * 64 + replica)))]
        endpoint.name = name
        endpoint.container = container
        return endpoint
    }

    /// Each number as often as its weight says.
    private func lots(_ weights: [Int]) -> [Int] {
        weights.enumerated().flatMap { Array(repeating: $0.offset, count: $0.element) }
    }

    private mutating func pick(_ lots: [Int]) -> Int { lots[Int(next() % UInt64(lots.count))] }

    /// Knuth's MMIX generator, its upper half: enough for lots.
    private mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state >> 33
    }
}
