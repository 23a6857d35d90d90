import Addressing
import GRDB
import Graph
import Records

/// The edges that a query is about, by their numbers, and the endpoints they have.
struct EdgeKeys {
    private(set) var edges: [(number: Int64, key: EdgeKey)] = []
    private(set) var endpoints: [EndpointKey: Endpoint] = [:]
    private(set) var numbers: [(number: Int64, key: EndpointKey)] = []

    init(_ database: Database, _ query: MinuteQuery) throws {
        let found = try Self.endpoints(database)
        let wanted = query.endpoint.map { name in Set(found.filter { $0.value.isCalled(name) }.keys) }
        let rows = try RowReader(
            database,
            "SELECT id, source, destination, protocol, port FROM edges WHERE last >= ? AND first < ? ORDER BY id",
            [query.span.lowerBound.scaled, query.span.upperBound.scaled]
        )
        var used: Set<Int64> = []
        while try rows.next() {
            let (from, to) = (rows.number(1), rows.number(2))
            guard let source = found[from], let destination = found[to],
                let protocolNumber = UInt8(exactly: rows.number(3))
            else { throw StoreError.unreadable(table: "edges", row: rows.number(0)) }
            if let wanted, !wanted.contains(from), !wanted.contains(to) { continue }
            let port = UInt16(exactly: rows.number(4))
            if let asked = query.port, asked != port { continue }
            if let asked = query.protocolNumber, asked != protocolNumber { continue }
            let key = EdgeKey(source.key, destination.key, protocolNumber: protocolNumber, port: port)
            edges.append((rows.number(0), key))
            used.formUnion([from, to])
        }
        for number in used.sorted() {
            guard let endpoint = found[number] else { continue }
            endpoints[endpoint.key] = endpoint
            numbers.append((number, endpoint.key))
        }
    }

    private static func endpoints(_ database: Database) throws -> [Int64: Endpoint] {
        let rows = try RowReader(
            database,
            "SELECT id, kind, name, title, container, addresses, ambiguous, first, last FROM endpoints"
        )
        var endpoints: [Int64: Endpoint] = [:]
        while try rows.next() {
            guard let kind = rows.text(1).flatMap(EndpointKind.init), let name = rows.text(2) else {
                throw StoreError.unreadable(table: "endpoints", row: rows.number(0))
            }
            var endpoint = Endpoint(EndpointKey(kind, name), at: Timestamp(nanoseconds: rows.number(7)))
            endpoint.last = Timestamp(nanoseconds: rows.number(8))
            endpoint.name = rows.text(3)
            endpoint.isAmbiguous = rows.number(6) != 0
            if !rows.isNull(4) {
                let text = rows.bytes(4)
                endpoint.container = try? ContainerText.read(text.span)
            }
            for word in (rows.text(5) ?? "").split(separator: " ") {
                if let address = IPAddress(String(word)) {
                    endpoint.addresses.append(address)
                } else {
                    endpoint.hasMoreAddresses = true
                }
            }
            endpoints[rows.number(0)] = endpoint
        }
        return endpoints
    }
}

extension Endpoint {
    /// Whether people mean it by a name: its own, or as a container's filter has it.
    fileprivate func isCalled(_ name: String) -> Bool {
        if key.name == name || self.name == name { return true }
        guard let container else { return false }
        return ContainerCriterion(value: name).names(container)
    }
}

extension Int64 {
    /// Seconds as nanoseconds, as far as those go.
    fileprivate var scaled: Int64 {
        let (product, isOver) = multipliedReportingOverflow(by: 1_000_000_000)
        return isOver ? (self < 0 ? .min : .max) : product
    }
}
