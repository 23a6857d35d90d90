import Addressing

extension GraphPicture {
    /// Takes in what became otherwise, so that a follower has the graph as it stands there.
    ///
    /// An edge that was counted on and does not stand any more is gone, and with the last of its edges an endpoint. Not told, and
    /// so not taken in, is what folds because it was idle, and what was folded: a follower asks for the whole now and then.
    /// - Returns: false when something had no room within `limits`; then it is time to ask.
    @discardableResult
    package mutating func apply(_ changes: GraphChanges, limits: GraphLimits = GraphLimits()) -> Bool {
        var isWhole = true
        for endpoint in changes.endpoints {
            if endpoints[endpoint.key] != nil || endpoints.count < limits.endpoints {
                endpoints[endpoint.key] = endpoint
            } else {
                isWhole = false
            }
        }
        for (key, edge) in changes.edges {
            if edges[key] != nil || edges.count < limits.edges { edges[key] = edge } else { isWhole = false }
        }
        remove(changes.gone)
        for minute in changes.minutes { apply(minute, limits) }
        return isWhole
    }

    private mutating func remove(_ gone: Set<EdgeKey>) {
        var ends: Set<EndpointKey> = []
        for key in gone {
            edges[key] = nil
            ends.formUnion([key.source, key.destination])
        }
        if ends.isEmpty { return }
        for key in edges.keys { ends.subtract([key.source, key.destination]) }
        for end in ends { endpoints[end] = nil }
    }

    private mutating func apply(_ change: GraphMinute, _ limits: GraphLimits) {
        var place = minutes.endIndex
        while place > 0, minutes[place - 1].start > change.start { place -= 1 }
        if place == 0 || minutes[place - 1].start != change.start {
            minutes.insert(GraphMinute(start: change.start), at: place)
            place += 1
        }
        minutes[place - 1].replace(change)
        minutes.removeFirst(max(0, minutes.count - limits.minutes))
        guard let newest = minutes.last?.start.nanoseconds else { return }
        minutes.removeAll { newest &- $0.start.nanoseconds >= limits.span }
    }
}

extension GraphChanges {
    /// Edges that were counted on, and do not stand any more.
    var gone: Set<EdgeKey> {
        var gone: Set<EdgeKey> = []
        for minute in minutes { for key in minute.edges.keys where edges[key] == nil { gone.insert(key) } }
        return gone
    }
}
