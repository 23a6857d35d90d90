import Addressing
import Containers
import Graph

/// A shop's graph as an agent would tell it: containers of compose services, names outside, a resolver and a collector that everybody
/// talks to, and a container that scans.
enum ShopPicture {
    static let services: [(name: String, ends: Int)] = [
        ("ingress", 3), ("frontend", 5), ("ads", 1), ("cart", 3), ("catalog", 4), ("checkout", 3), ("coredns", 1),
        ("currency", 1),
        ("debug", 1), ("email", 1), ("etl", 1), ("grafana", 1), ("kafka", 4), ("pg-catalog", 1), ("prometheus", 1),
        ("recommend", 3),
        ("redis-cart", 1), ("session", 1), ("shipping", 1), ("orders", 3), ("payment", 3), ("pg-orders", 3),
        ("vault", 1),
    ]
    static let calls: [(String, String, UInt16, UInt64)] = [
        ("internet.example", "ingress", 443, 72_000_000), ("ingress", "frontend", 8080, 37_000_000),
        ("frontend", "recommend", 8080, 11_000_000), ("frontend", "session", 6379, 24_000_000),
        ("frontend", "checkout", 5050, 5_000_000), ("frontend", "ads", 9555, 4_200_000),
        ("frontend", "catalog", 3550, 33_000_000),
        ("frontend", "cart", 7070, 13_000_000), ("frontend", "currency", 7000, 9_300_000),
        ("recommend", "catalog", 3550, 6_000_000),
        ("checkout", "kafka", 9092, 2_700_000), ("checkout", "cart", 7070, 1_600_000),
        ("checkout", "payment", 50_051, 1_600_000),
        ("checkout", "catalog", 3550, 1_300_000), ("checkout", "currency", 7000, 712_000),
        ("checkout", "shipping", 50_051, 671_000),
        ("checkout", "email", 5000, 605_000), ("ads", "pg-orders", 5432, 248_000),
        ("orders", "kafka", 9092, 10_000_000),
        ("orders", "pg-orders", 5432, 72_000_000), ("catalog", "pg-catalog", 5432, 44_000_000),
        ("cart", "redis-cart", 6379, 15_000_000),
        ("email", "smtp.example", 587, 392_000), ("payment", "psp.example", 443, 582_000),
        ("payment", "vault", 8200, 156_000),
        ("payment", "pg-orders", 5432, 3_000_000), ("shipping", "carrier.example", 443, 364_000),
        ("etl", "s3.example", 443, 29_000_000),
        ("etl", "kafka", 9092, 5_300_000), ("grafana", "prometheus", 9090, 1_600_000),
    ]

    /// Seconds since 1970 of its last packet.
    static let last: Int64 = 1_795_000_000

    static func time(_ second: Int64) -> Timestamp { Timestamp(nanoseconds: second * 1_000_000_000) }

    static func end(_ service: String, _ number: Int, rename: (String) -> String = { $0 }) -> Endpoint {
        guard services.contains(where: { $0.name == service }) else {
            return Endpoint(EndpointKey(.outside, service), address: IPAddress("198.51.100.7"), at: time(last - 60))
        }
        var container = Container(key: ContainerKey(identifier: "\(service)-\(number)", generation: 1))
        container.description.name = rename("shop-\(service)-\(number + 1)")
        container.description.image = "shop/\(service):4"
        container.description.creator = "shop/\(rename(service))"
        var endpoint = Endpoint(EndpointKey(.container, container.key.identifier), at: time(last - 60))
        endpoint.addresses = [
            .v4(
                IPv4Address(
                    bits: 0x0a2a_0000 + UInt32(abs(service.utf8.reduce(0) { $0 &* 31 &+ Int($1) }) % 200) * 8
                        + UInt32(number)
                )
            )
        ]
        endpoint.name = container.description.name
        endpoint.container = container
        endpoint.last = time(last)
        return endpoint
    }

    static func picture(rename: (String) -> String = { $0 }) -> GraphPicture {
        var endpoints: [EndpointKey: Endpoint] = [:]
        var edges: [EdgeKey: Edge] = [:]
        func ends(_ name: String) -> [Endpoint] {
            let count = services.first { $0.name == name }?.ends ?? 1
            let ends = (0..<count).map { end(name, $0, rename: rename) }
            for end in ends { endpoints[end.key] = end }
            return ends
        }
        func add(
            _ source: String,
            _ destination: String,
            _ number: UInt8,
            _ port: UInt16,
            _ bytes: UInt64,
            fails: Bool = false
        ) {
            let (from, to) = (ends(source), ends(destination))
            for index in 0..<max(from.count, to.count) {
                let key = EdgeKey(
                    from[index % from.count].key,
                    to[index % to.count].key,
                    protocolNumber: number,
                    port: port
                )
                var edge = edges[key] ?? Edge(first: time(last - 60), last: time(last))
                edge.counts.sourceBytes += bytes * 60 / UInt64(max(from.count, to.count)) / 4
                edge.counts.destinationBytes += bytes * 60 / UInt64(max(from.count, to.count)) / 4 * 3
                edge.counts.sourcePackets += 40
                edge.counts.destinationPackets += 50
                edge.counts.flows += 12
                edge.counts.failures += fails ? 12 : 0
                edges[key] = edge
            }
        }
        for (source, destination, port, bytes) in calls { add(source, destination, 6, port, bytes) }
        for (name, _) in services where name != "coredns" { add(name, "coredns", 17, 53, 31_000) }
        for (name, _) in services where name != "prometheus" { add("prometheus", name, 6, 9102, 100_000) }
        for (name, _) in services where name != "debug" { add("debug", name, 6, 22, 100, fails: true) }
        let minute = GraphMinute(start: time(last / 60 * 60), edges: edges.mapValues(\.counts), containers: [:])
        return GraphPicture(endpoints: endpoints, edges: edges, minutes: [minute], folding: GraphFolding())
    }
}
