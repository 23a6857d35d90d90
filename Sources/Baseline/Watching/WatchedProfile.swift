import Addressing

/// A profile, ready to be asked about every conversation of its workload.
struct WatchedProfile: Sendable {
    private struct Way: Hashable, Sendable {
        var place: WatchedPlace
        var service: Service
    }

    let workload: Workload
    private let ways: Set<Way>
    private let places: Set<WatchedPlace>
    /// Whose addresses outside are known.
    private let owners: [IPAddress: [WatchedPlace]]
    private let names: Set<String>
    private let listeners: Set<Service>
    private let fanOut: Int
    private let lacks: Profile.Lacks

    init(_ profile: Profile, _ known: WatchedPlaces) {
        workload = profile.workload
        ways = Set(
            profile.destinations.map { Way(place: known.place($0.exchange.place), service: $0.exchange.service) }
        )
        places = Set(ways.map(\.place))
        var owners: [IPAddress: [WatchedPlace]] = [:]
        for peer in profile.destinations {
            let place = known.place(peer.exchange.place)
            for address in peer.addresses where !(owners[address]?.contains(place) ?? false) {
                owners[address, default: []].append(place)
            }
        }
        self.owners = owners
        names = Set(profile.names.map(\.name))
        listeners = Set(profile.listeners.map(\.service))
        fanOut = profile.fanOut
        lacks = profile.lacks
    }

    /// What is new about a call.
    enum News {
        case destination
        case service
    }

    /// What is new in a call; nil where nothing is, and where the profile had no room for all there was.
    func news(_ place: WatchedPlace, _ address: IPAddress, _ service: Service) -> News? {
        if lacks.destinations > 0 || has(place, service) { return nil }
        let known = others(place, address).filter { places.contains($0) }
        if known.contains(where: { has($0, service) }) { return nil }
        return known.isEmpty && !places.contains(place) ? .destination : .service
    }

    private func has(_ place: WatchedPlace, _ service: Service) -> Bool {
        ways.contains(Way(place: place, service: service)) || ways.contains(Way(place: place, service: service.anyPort))
    }

    /// What else something outside may go by: a domain it is below, its block, and what had its address.
    private func others(_ place: WatchedPlace, _ address: IPAddress) -> [WatchedPlace] {
        switch place {
        case .other(.name(let name)):
            NameGroups.groups(above: name).map { .other(.name($0)) } + [.other(.network(of: address))]
                + (owners[address] ?? [])
        case .other(.network): owners[address] ?? []
        default: []
        }
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
