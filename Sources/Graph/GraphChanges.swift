import Addressing

/// What became otherwise in a graph: each thing as it stands now.
package struct GraphChanges: Hashable, Sendable {
    /// Endpoints and edges that were counted on.
    package var endpoints: [Endpoint] = []
    package var edges: [EdgeKey: Edge] = [:]
    /// The minutes that were counted in, with only what was; zero is what was taken back.
    package var minutes: [GraphMinute] = []

    package init() {}

    package var isEmpty: Bool { edges.isEmpty && minutes.isEmpty }
}

extension ConnectionGraph {
    /// From now on `takeChanges` tells what becomes otherwise.
    package mutating func track() { ring.track() }

    /// What became otherwise since it was called last.
    package mutating func takeChanges() -> GraphChanges {
        var changes = GraphChanges()
        var ends: Set<EndpointKey> = []
        for (start, touches) in ring.takeTouched() {
            let minute = ring.minutes.last { $0.start == start }
            var counts: [EdgeKey: EdgeCounts] = [:]
            var containers: [EndpointKey: EdgeCounts] = [:]
            for touch in touches {
                counts[touch.edge] = minute?.edges[touch.edge] ?? EdgeCounts()
                for end in [touch.edge.source, touch.edge.destination, touch.asked.source, touch.asked.destination] {
                    ends.insert(end)
                    if end.kind == .container { containers[end] = minute?.containers[end] ?? EdgeCounts() }
                }
                // In a full minute others stand for an edge that the graph has room for.
                for key in [touch.edge, touch.asked] {
                    if let edge = edges[key] { changes.edges[key] = edge }
                }
            }
            if minute != nil {
                changes.minutes.append(GraphMinute(start: start, edges: counts, containers: containers))
            }
        }
        changes.minutes.sort { $0.start < $1.start }
        changes.endpoints = ends.sorted().compactMap { endpoints[$0] }
        return changes
    }

    /// Puts back what was counted before the program began anew. Only into an empty graph; beyond its bounds nothing is.
    package mutating func restore(_ minutes: [GraphMinute], _ known: [EndpointKey: Endpoint]) {
        ring.restore(minutes)
        for minute in ring.minutes {
            for (key, counts) in minute.edges where !counts.isZero {
                guard edges[key] != nil || edges.count < limits.edges / 2 else { continue }
                guard hold(key.source, known, at: minute.start), hold(key.destination, known, at: minute.start) else {
                    forgetIfAlone(key.source)
                    continue
                }
                if edges[key] == nil {
                    edges[key] = Edge(first: minute.start, last: minute.start)
                    link(key)
                }
                edges[key]?.add(counts, from: minute.start, to: minute.start)
            }
        }
    }

    /// Makes an endpoint stand in the graph again; false when it is not known or there is no room.
    private mutating func hold(_ key: EndpointKey, _ known: [EndpointKey: Endpoint], at time: Timestamp) -> Bool {
        if endpoints[key] != nil { return true }
        guard let endpoint = known[key] ?? (key == .others ? Endpoint(.others, at: time) : nil) else { return false }
        guard endpoints.count < limits.endpoints / 2 else { return false }
        if key.kind == .outside { outside += 1 }
        if key.kind.isStranger { strangers += 1 }
        endpoints[key] = endpoint
        return true
    }
}

extension GraphChanges {
    /// Takes in what changed later: of what is in both, as it stands there.
    package mutating func add(_ later: Self) {
        if isEmpty, endpoints.isEmpty {
            self = later
            return
        }
        let known = Set(later.endpoints.map(\.key))
        endpoints.removeAll { known.contains($0.key) }
        endpoints += later.endpoints
        for key in later.gone { edges[key] = nil }
        edges.merge(later.edges) { $1 }
        for minute in later.minutes {
            guard let place = minutes.firstIndex(where: { $0.start == minute.start }) else {
                minutes.append(minute)
                continue
            }
            minutes[place] = GraphMinute(
                start: minute.start,
                edges: minutes[place].edges.merging(minute.edges) { $1 },
                containers: minutes[place].containers.merging(minute.containers) { $1 }
            )
        }
    }
}
