import Graph

/// How many rows have to do with each service and with each caller. Rows and hubs are numbers here, as names take long to compare.
struct HubCount {
    /// An edge between two rows: its ends, and the two that may be hubs.
    struct Link {
        let source: Int
        let destination: Int
        let service: Int
        let caller: Int
    }

    private(set) var hubs: [HubKey] = []
    /// Rows that call a service, or that a caller calls.
    private(set) var sizes: [Int] = []
    /// By the graph's edges; nil inside of a row.
    private(set) var links: [Link?] = []
    private var rows: [RowKey: Int] = [:]
    private var numbers: [UInt64: Int] = [:]

    init(_ graph: FoldedGraph) {
        links.reserveCapacity(graph.edges.count)
        // Edges come in order of their keys: what a caller calls stands together, and no two edges have the same key.
        var last: (source: Int, destination: Int)?
        for edge in graph.edges {
            guard edge.key.source != edge.key.destination else {
                links.append(nil)
                continue
            }
            let source = number(of: edge.key.source)
            let destination = number(of: edge.key.destination)
            let offer = HubKey.Service(protocolNumber: edge.key.protocolNumber, port: edge.key.port)
            let service = number(Self.word(destination, offer)) { HubKey(row: edge.key.destination, service: offer) }
            let caller = number(Self.word(source, nil)) { HubKey(row: edge.key.source, service: nil) }
            sizes[service] += 1
            if last?.source != source || last?.destination != destination { sizes[caller] += 1 }
            last = (source, destination)
            links.append(Link(source: source, destination: destination, service: service, caller: caller))
        }
    }

    /// Nil for what nobody has to do with.
    func number(of hub: HubKey) -> Int? { rows[hub.row].flatMap { numbers[Self.word($0, hub.service)] } }

    /// Whether more than half the rows that have edges would be without a line.
    func leavesTooFew(_ drawn: [Int]) -> Bool {
        var (linked, all) = ([Bool](repeating: false, count: rows.count), [Bool](repeating: false, count: rows.count))
        for link in links {
            guard let link else { continue }
            all[link.source] = true
            all[link.destination] = true
        }
        for edge in drawn {
            guard let link = links[edge] else { continue }
            linked[link.source] = true
            linked[link.destination] = true
        }
        return linked.count(where: \.self) * 2 < all.count(where: \.self)
    }

    private mutating func number(of row: RowKey) -> Int {
        if let known = rows[row] { return known }
        rows[row] = rows.count
        return rows.count - 1
    }

    private mutating func number(_ word: UInt64, _ key: () -> HubKey) -> Int {
        if let known = numbers[word] { return known }
        numbers[word] = hubs.count
        hubs.append(key())
        sizes.append(0)
        return hubs.count - 1
    }

    /// A hub in one word, by its row's number.
    private static func word(_ row: Int, _ service: HubKey.Service?) -> UInt64 {
        guard let service else { return UInt64(row) << 32 }
        let port = service.port.map { UInt64($0) + 1 } ?? 0
        return UInt64(row) << 32 | 1 << 31 | UInt64(service.protocolNumber) << 17 | port
    }
}
