import Addressing

/// Those a workload talks to, while it is learned.
struct PeerDraft: Sendable {
    private struct Way: Hashable, Sendable {
        let place: Place
        let protocolNumber: UInt8

        init(_ exchange: Exchange) {
            place = exchange.place
            protocolNumber = exchange.service.protocolNumber
        }
    }

    private struct Peer: Sendable {
        var seen: Occurrence
        var addresses: Set<IPAddress> = []
    }

    private var known: [Exchange: Peer] = [:]
    /// Different ports of each; those of which any port is one are `.max`.
    private var ports: [Way: Int] = [:]
    private var groups = NameGroups()

    init() {}

    init(_ peers: [Profile.Peer]) {
        for peer in peers {
            known[peer.exchange] = Peer(seen: peer.seen, addresses: Set(peer.addresses))
            let (way, service) = (Way(peer.exchange), peer.exchange.service)
            if service.isOfAnyPort {
                ports[way] = .max
            } else if service.port != nil, ports[way] != .max {
                ports[way, default: 0] += 1
            }
            if case .name(let name) = peer.exchange.place { groups.restore(name) }
        }
    }

    /// Notes that somebody was talked to at an address. `room`: whether something new may be added.
    mutating func learn(_ exchange: Exchange, _ address: IPAddress, room: Bool, at time: Timestamp) -> Learned {
        let before = known.count
        let hasRoom = room && before < BaselineBounds.factsOfProfile
        var exchange = exchange
        if case .name(let name) = exchange.place {
            guard hasRoom || known[exchange] != nil || groups.covers(name) else { return .noRoom }
            switch groups.learn(name) {
            case .known(let name): exchange.place = .name(name)
            case .gathered(let group):
                exchange.place = .name(group)
                gather(below: group)
            }
        }
        let way = Way(exchange)
        if ports[way] == .max { exchange.service = exchange.service.anyPort }
        if known[exchange] == nil {
            if exchange.service.hasPorts, exchange.service.port != nil, ports[way, default: 0] >= BaselineBounds.ports {
                gather(way)
                exchange.service = exchange.service.anyPort
            } else {
                guard hasRoom || known.count < before else { return .noRoom }
                if exchange.service.port != nil { ports[way, default: 0] += 1 }
            }
        } else if known.count == before {
            note(exchange, address, Occurrence(at: time))
            return .known
        }
        note(exchange, address, Occurrence(at: time))
        return .new(known.count - before)
    }

    private mutating func note(_ exchange: Exchange, _ address: IPAddress, _ seen: Occurrence) {
        if known[exchange]?.seen.add(seen) == nil { known[exchange] = Peer(seen: seen) }
        if case .workload = exchange.place { return }
        if known[exchange]?.addresses.count ?? 0 < BaselineBounds.addressesOfPlace {
            known[exchange]?.addresses.insert(address)
        }
    }

    /// Puts those together that are below a domain.
    private mutating func gather(below group: String) {
        move { exchange in
            guard case .name(let name) = exchange.place, NameGroups.isBelow(name, group) else { return nil }
            return Exchange(.name(group), exchange.service)
        }
    }

    /// Puts all ports of somebody together.
    private mutating func gather(_ way: Way) {
        move { Way($0) == way ? Exchange($0.place, $0.service.anyPort) : nil }
        ports[way] = .max
    }

    private mutating func move(_ other: (Exchange) -> Exchange?) {
        // In order, so that all runs remember the same addresses.
        for exchange in known.keys.sorted() {
            guard let new = other(exchange), new != exchange, let peer = known.removeValue(forKey: exchange) else {
                continue
            }
            let (old, way) = (Way(exchange), Way(new))
            if old != way { ports[old] = nil }
            if new.service.isOfAnyPort {
                ports[way] = .max
            } else if known[new] == nil, new.service.port != nil, ports[way] != .max {
                ports[way, default: 0] += 1
            }
            if known[new]?.seen.add(peer.seen) == nil {
                known[new] = peer
            } else {
                let all = (known[new]?.addresses ?? []).union(peer.addresses)
                known[new]?.addresses = Set(all.sorted().prefix(BaselineBounds.addressesOfPlace))
            }
        }
    }

    /// In order.
    var peers: [Profile.Peer] {
        known.map { Profile.Peer($0.key, $0.value.seen, addresses: $0.value.addresses.sorted()) }
            .sorted { $0.exchange < $1.exchange }
    }
}
