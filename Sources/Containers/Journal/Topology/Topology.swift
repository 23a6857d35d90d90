import Addressing

/// How the interfaces of a host hang together: veths and their peers, bridges and their ports, overlays.
///
/// Interfaces that vanished stay for a while, so that what they were tied to can still be said. Bounded by `limit`, open and
/// gone; past it the one gone longest is forgotten early, and where all are open, a new one is refused and counted.
struct Topology {
    /// The namespace the monitor stands in.
    var host: NetworkNamespace? { didSet { noteChange() } }
    private(set) var links: [InterfaceKey: Link] = [:]
    private(set) var shapes: [NetworkNamespace: NamespaceShape] = [:]
    /// How many containers run in each namespace that has any.
    private var occupants: [NetworkNamespace: Int] = [:]
    private var gone = WaitingLine<InterfaceKey>()
    /// Until when a namespace passed on what others send, when interfaces were taken from it last; no more than `gone` has.
    private var relayed: [NetworkNamespace: Timestamp] = [:]
    /// Grows with every change that can move an interface to another scope.
    private(set) var version: UInt64 = 0
    /// Scopes asked for since the last such change.
    private(set) var scopes = ScopeMemo()
    private(set) var refused: UInt64 = 0
    private(set) var forgotten: UInt64 = 0
    let limit: Int

    init(limit: Int) {
        self.limit = max(1, limit)
    }

    private mutating func noteChange() {
        version += 1
        scopes = ScopeMemo()
    }

    func isOccupied(_ namespace: NetworkNamespace) -> Bool { occupants[namespace] != nil }

    /// A container came into a namespace (1) or left it (-1).
    mutating func changeOccupants(of namespace: NetworkNamespace, by change: Int) {
        let count = occupants[namespace, default: 0] + change
        if (occupants[namespace] == nil) != (count <= 0) { noteChange() }
        occupants[namespace] = count > 0 ? count : nil
    }

    /// An interface appeared or is described anew. Returns false when there was no room.
    mutating func set(_ interface: Interface, at time: Timestamp) -> Bool {
        let key = interface.key
        if var link = links[key], link.goneAt == nil {
            let old = link.interface
            link.interface = interface
            if interface.kind == "veth", interface.peer == nil, let peer = old.peer {
                link.interface.peer = peer
                link.partedAt = link.partedAt ?? time
            } else {
                link.partedAt = nil
            }
            guard link.interface != old || link.partedAt != links[key]?.partedAt else { return true }
            shapes[key.namespace]?.remove(old)
            links[key] = link
        } else {
            guard links[key] != nil || makeRoom() else {
                refused += 1
                return false
            }
            links[key] = Link(interface: interface, since: time)
        }
        shapes[key.namespace, default: NamespaceShape()].insert(interface)
        noteChange()
        return true
    }

    /// An interface vanished.
    mutating func remove(_ key: InterfaceKey, at time: Timestamp) {
        guard var link = links[key], link.goneAt == nil else { return }
        link.goneAt = time
        if key.namespace != host, relays(key.namespace) { relayed[key.namespace] = time }
        if link.routable > 0 {
            // Whoever says that the interface is gone need not have said so of its addresses.
            link.unaddressedAt = time
            link.routable = 0
        }
        links[key] = link
        gone.append(key, at: time)
        shapes[key.namespace]?.remove(link.interface)
        if shapes[key.namespace]?.isEmpty == true { shapes[key.namespace] = nil }
        noteChange()
        // Numbers that were used again leave their old places in the line.
        while gone.count > limit * 2 { forgetFirst() }
    }

    /// An interface got an address one can route for (1), or lost one (-1).
    mutating func changeAddresses(of key: InterfaceKey, by change: Int, at time: Timestamp) {
        guard var link = links[key], link.goneAt == nil else { return }
        let before = link.routable
        link.routable = max(0, before + change)
        if before > 0, link.routable == 0 { link.unaddressedAt = time }
        links[key] = link
        if (before == 0) != (link.routable == 0) { noteChange() }
    }

    /// The first address of its kind or a further one: when a link has what it may be told to forge.
    mutating func note(_ address: IPAddress, on key: InterfaceKey, at time: Timestamp) {
        links[key]?.addressed.note(address, at: time)
    }

    /// Whether a namespace passed on what others send, at that time.
    func relays(_ namespace: NetworkNamespace, at time: Timestamp) -> Bool {
        relayed[namespace].map { time <= $0 } ?? false || relays(namespace)
    }

    /// Forgets what vanished before a time.
    mutating func forget(before time: Timestamp) {
        guard let oldest = gone.first, oldest.time < time else { return }
        while let next = gone.first, next.time < time { forgetFirst() }
        relayed = relayed.filter { $0.value >= time }
    }

    private mutating func makeRoom() -> Bool {
        while links.count >= limit {
            guard gone.first != nil else { return false }
            forgetFirst()
            forgotten += 1
        }
        return true
    }

    private mutating func forgetFirst() {
        guard let next = gone.first else { return }
        gone.removeFirst()
        guard links[next.item]?.goneAt == next.time else { return }
        links[next.item] = nil
        scopes = ScopeMemo()
    }
}
