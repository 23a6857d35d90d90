import Addressing

/// What is open now, for another journal to begin with.
extension IdentityJournal {
    /// Everything that is open now, in an order in which another journal can take it: the host, interfaces before what is on them,
    /// containers, listeners, translations. Looks at all that is kept.
    ///
    /// Without sockets of connections, each of which was about one moment, and without scopes, which follow.
    package var standing: [JournalEntry.Change] {
        var changes: [JournalEntry.Change] = []
        if let host = topology.host { changes.append(.host(host, name: hostName ?? "")) }
        changes += openInterfaces.map { .interface($0) }
        changes += Self.open(addresses).sorted { ($0.value.interface, $0.key) < ($1.value.interface, $1.key) }
            .map { .address($0.value.interface, $0.key, prefixLength: $0.value.prefixLength) }
        changes += openRemotes
        changes += Self.open(containers).map(\.value).sorted { $0.key < $1.key }.map { .container($0) }
        changes += Self.open(listeners).map(\.value).sorted(by: Self.precedes).map { .listener($0) }
        // Each is kept under the connection as it comes in and as it goes out.
        changes += Set(Self.open(translations).map(\.value)).sorted(by: Self.precedes).map { .translation($0) }
        return changes
    }

    private var openInterfaces: [Interface] {
        let open = topology.links.values.filter { $0.goneAt == nil }.map { link in
            var interface = link.interface
            // What the kernel named last, not what it named once.
            if link.partedAt != nil { interface.peer = nil }
            return interface
        }
        return open.sorted { $0.key < $1.key }
    }

    private var openRemotes: [JournalEntry.Change] {
        var known: Set<InterfaceKey> = []
        var changes: [JournalEntry.Change] = []
        let stations = Self.open(remotes).sorted {
            ($0.value.interface, $0.key.bits) < ($1.value.interface, $1.key.bits)
        }
        for (address, remote) in stations {
            changes.append(.remote(remote.interface, address, endpoint: remote.endpoint))
            known.insert(remote.interface)
        }
        // Where what is unknown is sent to: no station has that address.
        let others = Self.open(endpoints).sorted { ($0.value, $0.key) < ($1.value, $1.key) }
        for (endpoint, device) in others where !known.contains(device) {
            changes.append(.remote(device, MACAddress(bits: 0), endpoint: endpoint))
        }
        return changes
    }

    private static func open<Key: Hashable, Value>(_ chronicle: Chronicle<Key, Value>) -> [(key: Key, value: Value)] {
        chronicle.periods.flatMap { key, periods in
            periods.filter { $0.until == nil }.map { (key, $0.value) }
        }
    }

    private static func precedes(_ left: Listener, _ right: Listener) -> Bool {
        if left.namespace != right.namespace { return left.namespace < right.namespace }
        if left.protocolNumber != right.protocolNumber { return left.protocolNumber < right.protocolNumber }
        if left.port != right.port { return left.port < right.port }
        if left.address != right.address { return left.address < right.address }
        return left.cgroupIdentifier ?? 0 < right.cgroupIdentifier ?? 0
    }

    private static func precedes(_ left: Translation, _ right: Translation) -> Bool {
        if left.namespace != right.namespace { return left.namespace < right.namespace }
        if left.protocolNumber != right.protocolNumber { return left.protocolNumber < right.protocolNumber }
        let pairs = [
            (left.originalSource, right.originalSource), (left.originalDestination, right.originalDestination),
            (left.replySource, right.replySource), (left.replyDestination, right.replyDestination),
        ]
        for (one, other) in pairs where one != other {
            return (one.address, one.port) < (other.address, other.port)
        }
        return false
    }
}
