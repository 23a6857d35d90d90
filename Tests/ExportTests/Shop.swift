import Graph

/// An online shop: 53 ends as 28 services on two nodes, 118 edges. Prometheus and DNS touch everything, a scanner tried what
/// it could, and one public service reaches a restricted database.
enum Shop {
    static let levels = Level.ordered(["public", "internal", "restricted"])
    static let outside = ["internet", "s3.example", "smtp.example", "psp.example", "carrier-api"]
    static let inside: [(name: String, level: Int, ends: Int)] = [
        ("ads", 0, 1), ("frontend", 0, 5), ("ingress", 0, 3),
        ("cart", 1, 3), ("catalog", 1, 4), ("checkout", 1, 3), ("coredns", 1, 1), ("currency", 1, 1),
        ("debug-7f9c", 1, 1),
        ("email", 1, 1), ("etl", 1, 1), ("grafana", 1, 1), ("kafka", 1, 4), ("pg-catalog", 1, 1), ("prometheus", 1, 1),
        ("recommend", 1, 3), ("redis-cart", 1, 1), ("session", 1, 1), ("shipping", 1, 1),
        ("orders", 2, 3), ("payment", 2, 3), ("pg-orders", 2, 3), ("vault", 2, 1),
    ]

    /// What is drawn: caller, callee, port, bytes a second.
    static let calls: [(String, String, UInt16, Double)] = [
        ("internet", "ingress", 443, 72e6), ("etl", "s3.example", 443, 29e6), ("etl", "kafka", 9092, 5.3e6),
        ("grafana", "prometheus", 9090, 1.6e6), ("ingress", "frontend", 8080, 37e6),
        ("frontend", "recommend", 8080, 11e6), ("frontend", "session", 6379, 24e6), ("frontend", "checkout", 5050, 5e6),
        ("frontend", "ads", 9555, 4.2e6), ("frontend", "catalog", 3550, 33e6), ("frontend", "cart", 7070, 13e6),
        ("frontend", "currency", 7000, 9.3e6), ("recommend", "catalog", 3550, 6e6),
        ("checkout", "kafka", 9092, 2.7e6), ("checkout", "cart", 7070, 1.6e6), ("checkout", "payment", 50051, 1.6e6),
        ("checkout", "catalog", 3550, 1.3e6), ("checkout", "currency", 7000, 712e3),
        ("checkout", "shipping", 50051, 671e3),
        ("checkout", "email", 5000, 605e3), ("ads", "pg-orders", 5432, 248e3), ("orders", "kafka", 9092, 10e6),
        ("orders", "pg-orders", 5432, 72e6), ("catalog", "pg-catalog", 5432, 44e6), ("cart", "redis-cart", 6379, 15e6),
        ("email", "smtp.example", 587, 392e3), ("payment", "psp.example", 443, 582e3),
        ("payment", "vault", 8200, 156e3),
        ("payment", "pg-orders", 5432, 3e6), ("shipping", "carrier-api", 443, 364e3),
    ]

    static func key(_ name: String) -> RowKey {
        RowKey(.service, "shop/" + name, level: inside.first { $0.name == name }?.level)
    }

    static var graph: FoldedGraph {
        let rows =
            inside.map { name, level, ends in
                var row = FoldedRow(
                    key(name),
                    name: name,
                    members: (0..<ends).map { EndpointKey(.container, "\(name)-\($0)") }
                )
                row.level = levels[level]
                if ["ads", "pg-orders", "debug-7f9c"].contains(name) { row.mark = .alert }
                return row
            }
            + outside.map { name in
                var row = FoldedRow(key(name), name: name, members: [EndpointKey(.outside, name)])
                row.isOutside = true
                return row
            }
        return FoldedGraph(
            rung: .service,
            rows: rows.sorted { $0.key < $1.key },
            edges: (drawnEdges + hubEdges).sorted { $0.key < $1.key }
        )
    }

    private static func edge(_ source: String, _ target: String, _ port: UInt16, _ rate: Double) -> FoldedEdge {
        var edge = FoldedEdge(
            FoldedEdgeKey(key(source), key(target), protocolNumber: 6, port: port),
            members: []
        )
        edge.rate = rate
        return edge
    }

    private static var drawnEdges: [FoldedEdge] {
        calls.map { source, target, port, rate in
            var edge = edge(source, target, port, rate)
            edge.isCrossing = source == "ads"
            return edge
        }
    }

    private static var hubEdges: [FoldedEdge] {
        let names = inside.map(\.name)
        let dns = names.filter { $0 != "coredns" && $0 != "debug-7f9c" }.map { edge($0, "coredns", 53, 470) }
        let metrics = names.filter { $0 != "prometheus" && $0 != "debug-7f9c" }.enumerated()
            .map { edge("prometheus", $1, 9100 + UInt16($0 % 3), 1e5) }
        let scan = names.filter { $0 != "debug-7f9c" }.enumerated().flatMap { index, name in
            [UInt16(22), 80, 443].prefix(index < 2 ? 3 : 2).map { edge("debug-7f9c", name, $0, 0) }
        }
        return dns + metrics + scan
    }
}
