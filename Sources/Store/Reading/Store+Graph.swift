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
    /// minutes together; of what is more the oldest is left out.
    package func minutes(
        _ query: MinuteQuery,
        limit: Int = 1 << 19
    ) throws(StoreError) -> (minutes: [GraphMinute], endpoints: [EndpointKey: Endpoint], isCut: Bool) {
        try read { database in
            let keys = try EdgeKeys(database, query)
            let rows = try RowReader(
                database,
                """
                SELECT minute, source_packets, source_bytes, destination_packets, destination_bytes, flows, failures
                FROM edge_minutes WHERE edge = ? AND minute >= ? AND minute < ? ORDER BY minute DESC
                """
            )
            var minutes: [Int64: [EdgeKey: EdgeCounts]] = [:]
            var count = 0
            for (number, key) in keys.edges {
                rows.restart([number, query.span.lowerBound, query.span.upperBound])
                while count < limit, try rows.next() {
                    minutes[rows.number(0), default: [:]][key] = EdgeCounts(rows, from: 1)
                    count += 1
                }
            }
            let containers = try Self.containers(database, keys, query)
            let known = minutes.sorted { $0.key < $1.key }.map { start, edges in
                GraphMinute(
                    start: Timestamp(nanoseconds: start &* 1_000_000_000),
                    edges: edges,
                    containers: containers[start] ?? [:]
                )
            }
            return (known, keys.endpoints, count >= limit)
        }
    }

    private static func containers(
        _ database: Database,
        _ keys: EdgeKeys,
        _ query: MinuteQuery
    ) throws -> [Int64: [EndpointKey: EdgeCounts]] {
        let rows = try RowReader(
            database,
            """
            SELECT minute, source_packets, source_bytes, destination_packets, destination_bytes, flows, failures
            FROM container_minutes WHERE container = ? AND minute >= ? AND minute < ?
            """
        )
        var containers: [Int64: [EndpointKey: EdgeCounts]] = [:]
        for (number, key) in keys.numbers where key.kind == .container {
            rows.restart([number, query.span.lowerBound, query.span.upperBound])
            while try rows.next() { containers[rows.number(0), default: [:]][key] = EdgeCounts(rows, from: 1) }
        }
        return containers
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
