import Addressing
import GRDB
package import Graph
import Records

extension Store {
    /// What was counted on the edges that are asked for, summed over the span.
    package func sums(_ query: MinuteQuery) throws(StoreError) -> [EdgeKey: EdgeCounts] {
        try read { database in
            let keys = try EdgeKeys(database, query)
            let rows = try RowReader(
                database,
                """
                SELECT sum(source_packets), sum(source_bytes), sum(destination_packets), sum(destination_bytes),
                sum(flows), sum(failures), count(*) FROM edge_minutes WHERE edge = ? AND minute >= ? AND minute < ?
                """
            )
            var sums: [EdgeKey: EdgeCounts] = [:]
            for (number, key) in keys.edges {
                rows.restart([number, query.span.lowerBound, query.span.upperBound])
                guard try rows.next(), rows.number(6) > 0 else { continue }
                sums[key] = EdgeCounts(rows, from: 0)
            }
            return sums
        }
    }

    /// The minutes of the edges that are asked for, oldest first, and the endpoints they name. `limit` bounds the edges of all
    /// minutes together; where there are more, the older half of the span is left out, and again, until there are not.
    package func minutes(
        _ query: MinuteQuery,
        limit: Int = 1 << 19
    ) throws(StoreError) -> (minutes: [GraphMinute], endpoints: [EndpointKey: Endpoint], isCut: Bool) {
        try read { database in
            let keys = try EdgeKeys(database, query)
            let span = try Self.span(database, keys, query.span, limit: limit)
            let edges = try Self.counted(database, keys.edges, span, in: "edge_minutes", by: "edge")
            let wanted = keys.numbers.filter { $0.key.kind == .container }
            let containers = try Self.counted(database, wanted, span, in: "container_minutes", by: "container")
            let byMinute = Dictionary(containers.map { ($0.minute, $0.counts) }) { $1 }
            let known = edges.map { minute, counts in
                GraphMinute(
                    start: Timestamp(nanoseconds: minute &* 1_000_000_000),
                    edges: counts,
                    containers: byMinute[minute] ?? [:]
                )
            }
            return (known, keys.endpoints, span != query.span)
        }
    }

    /// The newest part of a span in which not more is counted than `limit`.
    private static func span(
        _ database: Database,
        _ keys: EdgeKeys,
        _ asked: Range<Int64>,
        limit: Int
    ) throws -> Range<Int64> {
        let rows = try RowReader(
            database,
            "SELECT count(*), min(minute) FROM edge_minutes WHERE edge = ? AND minute >= ? AND minute < ?"
        )
        var span = asked
        while true {
            var (count, oldest) = (Int64(0), Int64.max)
            for (number, _) in keys.edges {
                rows.restart([number, span.lowerBound, span.upperBound])
                guard try rows.next(), rows.number(0) > 0 else { continue }
                count += rows.number(0)
                oldest = min(oldest, rows.number(1))
            }
            guard count > limit, span.upperBound - oldest > 60 else { return span }
            // Of a span that reaches back to before there was anything only the rest is halved.
            span = (span.upperBound - (span.upperBound - oldest) / 2)..<span.upperBound
        }
    }

    private static func counted<Key: Hashable>(
        _ database: Database,
        _ keys: [(number: Int64, key: Key)],
        _ span: Range<Int64>,
        in table: String,
        by column: String
    ) throws -> [(minute: Int64, counts: [Key: EdgeCounts])] {
        let rows = try RowReader(
            database,
            """
            SELECT minute, source_packets, source_bytes, destination_packets, destination_bytes, flows, failures
            FROM \(table) WHERE \(column) = ? AND minute >= ? AND minute < ?
            """
        )
        var counted = CountedMinutes<Key>()
        for (number, key) in keys {
            rows.restart([number, span.lowerBound, span.upperBound])
            try counted.read(rows, of: key)
        }
        return counted.byMinute()
    }
}

extension EdgeCounts {
    /// Six columns of a row.
    init(_ row: RowReader, from column: Int32) {
        self.init()
        sourcePackets = row.count(column)
        sourceBytes = row.count(column + 1)
        destinationPackets = row.count(column + 2)
        destinationBytes = row.count(column + 3)
        flows = row.count(column + 4)
        failures = row.count(column + 5)
    }
}
