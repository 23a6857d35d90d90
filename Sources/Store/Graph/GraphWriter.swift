import Addressing
import GRDB
import Graph
import Records

/// Writes what changed of a graph: each endpoint, edge and minute as it stands.
final class GraphWriter {
    private let database: Database
    private let open: OpenMinutes
    private let endpoint: RowWriter
    private let edge: RowWriter
    private let edgeMinute: RowWriter
    private let containerMinute: RowWriter
    private var endpoints: [EndpointKey: Int64] = [:]
    private var edges: [EdgeKey: Int64] = [:]
    private let findEndpoint: Statement
    private let findEdge: Statement

    /// Numbers that are remembered, of endpoints and of edges.
    static var limit: Int { 131_072 }

    init(_ database: Database, _ open: OpenMinutes) throws {
        self.database = database
        self.open = open
        endpoint = try RowWriter(
            database,
            """
            INSERT INTO endpoints (kind, name, title, container, addresses, ambiguous, first, last)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (kind, name) DO UPDATE SET title = excluded.title, container = excluded.container,
            addresses = excluded.addresses, ambiguous = excluded.ambiguous,
            first = min(first, excluded.first), last = max(last, excluded.last)
            """
        )
        edge = try RowWriter(
            database,
            """
            INSERT INTO edges (source, destination, protocol, port, first, last) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (source, destination, protocol, port) DO UPDATE SET
            first = min(first, excluded.first), last = max(last, excluded.last)
            """
        )
        edgeMinute = try Self.minutes(database, table: "edge_minutes", of: "edge")
        containerMinute = try Self.minutes(database, table: "container_minutes", of: "container")
        findEndpoint = try database.makeStatement(sql: "SELECT id FROM endpoints WHERE kind = ? AND name = ?")
        findEdge = try database.makeStatement(
            sql: "SELECT id FROM edges WHERE source = ? AND destination = ? AND protocol = ? AND port = ?"
        )
    }

    private static func minutes(_ database: Database, table: String, of column: String) throws -> RowWriter {
        try RowWriter(
            database,
            """
            INSERT OR REPLACE INTO \(table) (\(column), minute, source_packets, source_bytes, destination_packets,
            destination_bytes, flows, failures) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """
        )
    }

    /// Numbers found so far are looked up again.
    func forget() {
        endpoints = [:]
        edges = [:]
    }

    func write(_ changes: GraphChanges) throws {
        for known in changes.endpoints { try write(known) }
        for (key, known) in changes.edges { try write(key, known) }
        for minute in changes.minutes {
            for (key, counts) in minute.edges {
                guard let number = try number(of: key) else { continue }
                try write(counts, of: number, at: minute.start, with: edgeMinute)
                open.note(.edgeMinutes, minute.start.minute, number)
            }
            for (key, counts) in minute.containers {
                guard let number = try number(of: key) else { continue }
                try write(counts, of: number, at: minute.start, with: containerMinute)
                open.note(.containerMinutes, minute.start.minute, number)
            }
        }
    }

    private func write(_ known: Endpoint) throws {
        endpoint.bind(known.key.kind.rawValue)
        endpoint.bind(known.key.name)
        endpoint.bind(known.name)
        endpoint.bind(known.container.map { String(decoding: ContainerText.text(of: $0), as: UTF8.self) })
        endpoint.bind(known.addresses.map(\.description).joined(separator: " ") + (known.hasMoreAddresses ? " …" : ""))
        endpoint.bind(known.isAmbiguous ? 1 : 0)
        endpoint.bind(known.first.nanoseconds)
        endpoint.bind(known.last.nanoseconds)
        try endpoint.step()
    }

    private func write(_ key: EdgeKey, _ known: Edge) throws {
        guard let source = try number(of: key.source), let destination = try number(of: key.destination) else { return }
        edge.bind(source)
        edge.bind(destination)
        edge.bind(Int64(key.protocolNumber))
        edge.bind(Int64(key.storedPort))
        edge.bind(known.first.nanoseconds)
        edge.bind(known.last.nanoseconds)
        try edge.step()
    }

    private func write(_ counts: EdgeCounts, of number: Int64, at start: Timestamp, with row: RowWriter) throws {
        row.bind(number)
        row.bind(start.minute)
        row.bind(counts.sourcePackets)
        row.bind(counts.sourceBytes)
        row.bind(counts.destinationPackets)
        row.bind(counts.destinationBytes)
        row.bind(counts.flows)
        row.bind(counts.failures)
        try row.step()
    }

    private func number(of key: EndpointKey) throws -> Int64? {
        if let number = endpoints[key] { return number }
        guard let number = try Int64.fetchOne(findEndpoint, arguments: [key.kind.rawValue, key.name]) else {
            return nil
        }
        if endpoints.count >= Self.limit { endpoints = [:] }
        endpoints[key] = number
        return number
    }

    private func number(of key: EdgeKey) throws -> Int64? {
        if let number = edges[key] { return number }
        guard let source = try number(of: key.source), let destination = try number(of: key.destination),
            let number = try Int64.fetchOne(
                findEdge,
                arguments: [source, destination, Int64(key.protocolNumber), Int64(key.storedPort)]
            )
        else { return nil }
        if edges.count >= Self.limit { edges = [:] }
        edges[key] = number
        return number
    }
}

extension EdgeKey {
    /// -1 where there is no port: of NULLs no two are alike.
    var storedPort: Int { port.map(Int.init) ?? -1 }
}

extension Timestamp {
    /// As minutes are numbered: seconds.
    fileprivate var minute: Int64 { nanoseconds / 1_000_000_000 }
}
