import Addressing

/// A profile, ready to be asked about every conversation of its workload.
struct WatchedProfile: Sendable {
    private let exchanges: Set<Exchange>
    private let places: Set<Place>
    /// Whose addresses outside are known.
    private let owners: [IPAddress: [Place]]
    private let names: Set<String>
    private let listeners: Set<Service>
    let fanOut: Int
    private let lacks: Profile.Lacks

    init(_ profile: Profile) {
        exchanges = Set(profile.destinations.map(\.exchange))
        places = Set(profile.destinations.map(\.exchange.place))
        var owners: [IPAddress: [Place]] = [:]
        for peer in profile.destinations {
            for address in peer.addresses where !(owners[address]?.contains(peer.exchange.place) ?? false) {
                owners[address, default: []].append(peer.exchange.place)
            }
        }
        self.owners = owners
        names = Set(profile.names.map(\.name))
        listeners = Set(profile.listeners.map(\.service))
        fanOut = profile.fanOut
        lacks = profile.lacks
    }

    /// What is new in a call; nil where nothing is, and where the profile had no room for all there was.
    func deviation(_ place: Place, _ address: IPAddress, _ service: Service) -> Deviation.Kind? {
        guard lacks.destinations == 0 else { return nil }
        var candidates = [place]
        switch place {
        case .name(let name):
            candidates += NameGroups.groups(above: name).map { .name($0) } + [.network(of: address)]
            candidates += owners[address] ?? []
        case .network: candidates += owners[address] ?? []
        default: break
        }
        let known = candidates.filter { places.contains($0) }
        guard let first = known.first else { return .destination(place, service) }
        let isKnown = known.contains {
            exchanges.contains(Exchange($0, service)) || exchanges.contains(Exchange($0, service.anyPort))
        }
        return isKnown ? nil : .service(first, service)
    }

    func deviation(_ name: String) -> Deviation.Kind? {
        lacks.names > 0 || NameGroups.covers(names, name) ? nil : .name(name)
    }

    func deviation(_ listener: Service) -> Deviation.Kind? {
        guard lacks.listeners == 0, listener.isOfServer else { return nil }
        return listeners.contains(listener) || listeners.contains(listener.anyPort) ? nil : .listener(listener)
    }

    /// Whether it has far more peers in a minute than it had: twice as many, and `margin` more.
    func deviation(peers: Int, margin: Int) -> Deviation.Kind? {
        peers > max(fanOut &* Self.factor, fanOut &+ margin) ? .fanOut(peers, known: fanOut) : nil
    }

    private static var factor: Int { 2 }
}
