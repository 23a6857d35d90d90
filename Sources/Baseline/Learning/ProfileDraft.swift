import Addressing

/// A profile while it is learned.
struct ProfileDraft: Sendable {
    let workload: Workload
    private(set) var seen: Occurrence
    private var addresses: Set<IPAddress> = []
    private var destinations = PeerDraft()
    private var callers = PeerDraft()
    private var names: [String: Occurrence] = [:]
    private var groups = NameGroups()
    private var listeners: [Service: Occurrence] = [:]
    private var isAnyPort: Set<UInt8> = []
    private var fanOut = 0
    private var bytesPerMinute = 0
    private var lacks = Profile.Lacks()

    init(_ workload: Workload, at time: Timestamp) {
        self.workload = workload
        seen = Occurrence(at: time)
        seen.count = 0
    }

    mutating func note(_ address: IPAddress, at time: Timestamp) {
        seen.add(Occurrence(at: time))
        if addresses.count < BaselineBounds.addresses { addresses.insert(address) }
    }

    /// What one of its containers had in a minute.
    mutating func count(_ peers: Int, _ bytes: Int) {
        fanOut = max(fanOut, peers)
        bytesPerMinute = max(bytesPerMinute, bytes)
    }

    /// Whom it called.
    mutating func call(_ exchange: Exchange, _ address: IPAddress, room: Bool, at time: Timestamp) -> Learned {
        let learned = destinations.learn(exchange, address, room: room, at: time)
        if learned == .noRoom { lacks.destinations += 1 }
        return learned
    }

    /// Who called it.
    mutating func answer(_ exchange: Exchange, _ address: IPAddress, room: Bool, at time: Timestamp) -> Learned {
        callers.learn(exchange, address, room: room, at: time)
    }

    /// A service it has.
    mutating func listen(_ service: Service, room: Bool, at time: Timestamp) -> Learned {
        let service = isAnyPort.contains(service.protocolNumber) ? service.anyPort : service
        if listeners[service]?.add(Occurrence(at: time)) != nil { return .known }
        let like = listeners.filter { $0.key.protocolNumber == service.protocolNumber }
        guard like.count < BaselineBounds.ports else {
            let all = like.values.reduce(into: Occurrence(at: time)) { $0.add($1) }
            for entry in like { listeners[entry.key] = nil }
            listeners[service.anyPort] = all
            isAnyPort.insert(service.protocolNumber)
            return .new(1 - like.count)
        }
        guard room else {
            lacks.listeners += 1
            return .noRoom
        }
        listeners[service] = Occurrence(at: time)
        return .new(1)
    }

    /// A name it looked up.
    mutating func look(_ name: String, room: Bool, at time: Timestamp) -> Learned {
        let before = names.count
        guard room && before < BaselineBounds.factsOfProfile || names[name] != nil || groups.covers(name) else {
            lacks.names += 1
            return .noRoom
        }
        switch groups.learn(name) {
        case .known(let name):
            names.merge(Occurrence(at: time), for: name)
            return names.count == before ? .known : .new(1)
        case .gathered(let group):
            names.merge(Occurrence(at: time), for: group)
            for entry in names where NameGroups.isBelow(entry.key, group) {
                names.merge(entry.value, for: group)
                names[entry.key] = nil
            }
            return .new(names.count - before)
        }
    }

    /// It looked up names that nobody can tell: those that are known are not all.
    mutating func missNames() { lacks.names += 1 }

    /// What it is by now.
    var profile: Profile {
        var profile = Profile(workload, seen)
        profile.addresses = addresses.sorted()
        profile.destinations = destinations.peers
        profile.callers = callers.peers
        profile.names = names.map { Profile.Name($0.key, $0.value) }
            .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        profile.listeners = listeners.map { Profile.Listener($0.key, $0.value) }.sorted { $0.service < $1.service }
        profile.fanOut = fanOut
        profile.bytesPerMinute = bytesPerMinute
        profile.lacks = lacks
        return profile
    }

    /// What goes on being learned.
    init(_ profile: Profile) {
        workload = profile.workload
        seen = profile.seen
        addresses = Set(profile.addresses)
        destinations = PeerDraft(profile.destinations)
        callers = PeerDraft(profile.callers)
        for name in profile.names {
            names[name.name] = name.seen
            groups.restore(name.name)
        }
        for listener in profile.listeners {
            listeners[listener.service] = listener.seen
            if listener.service.isOfAnyPort { isAnyPort.insert(listener.service.protocolNumber) }
        }
        fanOut = profile.fanOut
        bytesPerMinute = profile.bytesPerMinute
        lacks = profile.lacks
    }
}

/// What became of something that was seen.
enum Learned: Equatable {
    case known
    /// A fact that was not known; there are so many more than before, or less, where it was put together with others of its kind.
    case new(Int)
    case noRoom
}

extension [String: Occurrence] {
    /// Adds to what is known of a name.
    mutating func merge(_ seen: Occurrence, for name: String) {
        if self[name]?.add(seen) == nil { self[name] = seen }
    }
}
