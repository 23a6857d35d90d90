import Addressing
import Containers
import Graph

/// A graph with all that one can have, and names from whoever likes to trick a reader.
struct RandomGraph {
    private var numbers: SeededNumbers
    private var endpoints: [EndpointKey: Endpoint] = [:]
    private var edges: [EdgeKey: Edge] = [:]
    private var minutes: [GraphMinute] = []
    private var folding = GraphFolding()
    private var tunnelEnds: [IPAddress: TunnelEnd] = [:]
    private(set) var rates: [EdgeKey: EdgeRate] = [:]

    init(seed: UInt64) {
        numbers = SeededNumbers(seed: seed)
        for kind in EndpointKind.allCases {
            let key = EndpointKey(kind, kind == .others ? "" : "\(some(100)):\"\u{202e}é")
            endpoints[key] = endpoint(key)
        }
        let keys = endpoints.keys.sorted()
        for _ in 0..<40 {
            let (source, destination) = (keys[Int(some(UInt64(keys.count)))], keys[Int(some(UInt64(keys.count)))])
            let port = truth() ? UInt16(some(1 << 16)) : nil
            let key = EdgeKey(source, destination, protocolNumber: UInt8(some(256)), port: port)
            var edge = Edge(first: time(), last: time())
            edge.counts = counts()
            for _ in 0..<some(6) {
                edge.note(PublishedAddress(address: .v4(IPv4Address(bits: 9)), port: UInt16(some(1 << 16))))
            }
            edges[key] = edge
            if truth() { rates[key] = rate() }
        }
        for minute in 0..<5 as Range<Int64> {
            var counted: [EdgeKey: EdgeCounts] = [:]
            for key in edges.keys.sorted() where truth() { counted[key] = counts() }
            minutes.append(
                GraphMinute(start: Timestamp(nanoseconds: minute * 60_000_000_000), edges: counted, containers: [:])
            )
        }
        (folding.outside, folding.edges, folding.open, folding.tunnelEnds) = (some(2), some(3), .max, some(2))
        for number in 0..<some(5) {
            var end = TunnelEnd(.v4(IPv4Address(bits: UInt32(number))), at: time())
            for _ in 0..<some(40) {
                let kind = ["vxlan", "esp", "na\u{1b}me"][Int(some(3))]
                let carriage = Carriage(
                    source: end.address,
                    destination: end.address,
                    tunnel: kind,
                    identifier: truth() ? UInt32(some(1 << 24)) : nil,
                    isEncrypted: truth()
                )
                end.note(carriage, from: time(), to: time())
            }
            tunnelEnds[end.address] = end
        }
    }

    var picture: GraphPicture {
        GraphPicture(endpoints: endpoints, edges: edges, tunnelEnds: tunnelEnds, minutes: minutes, folding: folding)
    }

    var changes: GraphChanges {
        var changes = GraphChanges()
        changes.endpoints = Array(endpoints.values)
        changes.edges = edges
        changes.minutes = minutes
        return changes
    }

    private mutating func some(_ bound: UInt64) -> UInt64 { numbers.next() % bound }
    private mutating func truth() -> Bool { some(2) == 0 }
    private mutating func time() -> Timestamp { Timestamp(nanoseconds: Int64(some(1 << 62))) }

    private mutating func endpoint(_ key: EndpointKey) -> Endpoint {
        var endpoint = Endpoint(key, address: truth() ? .v4(IPv4Address(bits: 7)) : nil, at: time())
        endpoint.last = time()
        endpoint.name = truth() ? "na\u{1b}me" : nil
        endpoint.isAmbiguous = truth()
        endpoint.hasMoreAddresses = truth()
        if truth() { endpoint.addresses.append(.v6(IPv6Address(high: numbers.next(), low: 1))) }
        guard key.kind == .container else { return endpoint }
        var container = Container(key: ContainerKey(identifier: "c", generation: 2))
        container.namespace = truth() ? NetworkNamespace(inode: .max) : nil
        container.description.name = "web"
        container.description.labels = ["a": "b", "": "\u{0}"]
        endpoint.container = container
        return endpoint
    }

    private mutating func counts() -> EdgeCounts {
        if some(10) == 0 { return EdgeCounts() }
        var counts = EdgeCounts()
        (counts.flows, counts.failures) = (some(9), some(3))
        (counts.sourcePackets, counts.sourceBytes) = (numbers.next(), .max)
        (counts.destinationPackets, counts.destinationBytes) = (numbers.next(), some(2))
        return counts
    }

    private mutating func rate() -> EdgeRate {
        var rate = EdgeRate()
        rate.second = EdgeRate.Amounts(packets: some(9), bytes: numbers.next())
        rate.minute = EdgeRate.Amounts(packets: numbers.next())
        return rate
    }
}
