import Addressing
import Containers
import Graph
import Records

/// Which ends and edges of a graph alerts speak of, and by which rules.
///
/// An alert does not say in which network an address means something, and one may have many names: it speaks of the edges that go
/// between those who have the addresses it names, and of their ends. Where no edge does, of all who have them, if those are few.
struct AlertedPlaces: Equatable, Sendable {
    private(set) var ends: [EndpointKey: Set<String>] = [:]
    private(set) var edges: [EdgeKey: Set<String>] = [:]
    /// Of those edges the ones that cross levels without leave.
    private(set) var crossings: Set<EdgeKey> = []

    /// The most ends with one address of which any is marked without an edge: of more, nobody can say who it was.
    static var candidateLimit: Int { 4 }

    /// Who an alert names.
    private enum Party: Hashable {
        case container(String)
        case address(IPAddress)

        init(_ end: AlertRecord.End) {
            self = end.container.map { .container($0.key.identifier) } ?? .address(end.address)
        }
    }

    private struct Pair: Hashable {
        let source: Party
        let destination: Party
    }

    /// What was found of an alert's edges.
    private struct Found {
        /// Begun by who does it.
        var forth: [EdgeKey] = []
        /// Begun by whom it is done to: answers may be what is wrong.
        var back: [EdgeKey] = []
        var edges: [EdgeKey] { forth.isEmpty ? back : forth }
    }

    init() {}

    init(_ alerts: [AlertRecord], in graph: GraphPicture) {
        guard !alerts.isEmpty else { return }
        var named: Set<Party> = []
        var pairs: [Pair: [Int]] = [:]
        for (number, alert) in alerts.enumerated() {
            named.insert(Party(alert.source))
            guard let destination = alert.destination else { continue }
            named.insert(Party(destination))
            pairs[Pair(source: Party(alert.source), destination: Party(destination)), default: []].append(number)
        }
        let parties = Self.parties(named, in: graph)
        var found = [Found](repeating: Found(), count: alerts.count)
        for key in pairs.isEmpty ? [] : Array(graph.edges.keys) {
            guard let sources = parties[key.source], let destinations = parties[key.destination] else { continue }
            for source in sources {
                for destination in destinations {
                    for number in pairs[Pair(source: source, destination: destination)] ?? [] {
                        found[number].forth.append(key)
                    }
                    for number in pairs[Pair(source: destination, destination: source)] ?? [] {
                        found[number].back.append(key)
                    }
                }
            }
        }
        var holders: [Party: [EndpointKey]] = [:]
        for (key, own) in parties { for party in own { holders[party, default: []].append(key) } }
        for (alert, found) in zip(alerts, found) { mark(alert, found, parties, holders) }
    }

    private mutating func mark(
        _ alert: AlertRecord,
        _ found: Found,
        _ parties: [EndpointKey: [Party]],
        _ holders: [Party: [EndpointKey]]
    ) {
        for key in found.edges {
            edges[key, default: []].insert(alert.rule)
            if alert.category == "crossing" { crossings.insert(key) }
        }
        var own = Set(found.edges.flatMap { [$0.source, $0.destination] })
        if own.isEmpty {
            for end in [alert.source] + (alert.destination.map { [$0] } ?? []) {
                let holders = holders[Party(end)] ?? []
                if holders.count <= Self.candidateLimit { own.formUnion(holders) }
            }
        }
        // One of many may well be forged: it is not to blame for what others do in its name.
        if alert.isOfMany { own = own.filter { parties[$0]?.contains(Party(alert.source)) != true } }
        for key in own { ends[key, default: []].insert(alert.rule) }
    }

    /// Whom of those that are named each end of the graph may be.
    private static func parties(_ named: Set<Party>, in graph: GraphPicture) -> [EndpointKey: [Party]] {
        var parties: [EndpointKey: [Party]] = [:]
        for (key, endpoint) in graph.endpoints {
            // A container is itself whatever its address; of who has its address besides, nothing is said.
            var own = key.kind == .container ? [Party.container(key.name)] : []
            own += endpoint.addresses.map { .address($0) }
            own.removeAll { !named.contains($0) }
            if !own.isEmpty { parties[key] = own }
        }
        return parties
    }

    /// The rules of alerts that speak of edges between rows, or of one that they stand for.
    func rules(onEdgesOf graph: FoldedGraph) -> [FoldedEdgeKey: Set<String>] {
        guard !edges.isEmpty else { return [:] }
        var rules: [FoldedEdgeKey: Set<String>] = [:]
        for edge in graph.edges {
            for member in edge.members {
                if let own = edges[member] { rules[edge.key, default: []].formUnion(own) }
            }
        }
        return rules
    }

    /// The ends that one of an alert may be, in order.
    static func ends(of end: AlertRecord.End, in graph: GraphPicture) -> [EndpointKey] {
        if let container = end.container { return [EndpointKey(.container, container.key.identifier)] }
        return graph.endpoints.values.filter { $0.addresses.contains(end.address) }.map(\.key).sorted()
    }
}
