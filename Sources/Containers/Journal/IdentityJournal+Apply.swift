import Addressing

/// Taking entries in.
extension IdentityJournal {
    /// Takes an entry. Entries come in the order of time; one that is older than the newest counts as of that one's time.
    package mutating func apply(_ entry: JournalEntry) {
        advance(to: entry.time)
        let time = now
        if beginning == nil { beginning = time }
        switch entry.change {
        // Connections come and go all the time, and who somebody is does not hang on them; but for what sockets tell, which is
        // said of one connection only.
        case .socket, .translation, .translationGone, .scope: break
        default: noteChange()
        }
        switch entry.change {
        case .host(let namespace, let name):
            topology.host = namespace
            hostName = name
        case .container(let container): open(container, at: time)
        case .containerEnded(let key): close(key, at: time)
        case .interface(let interface): open(interface, at: time)
        case .interfaceGone(let key): close(key, at: time)
        case .address(let key, let address, let length): open(address, of: key, prefixLength: length, at: time)
        case .addressGone(let key, let address): close(address, of: key, at: time)
        case .listener(let listener): open(listener, at: time)
        case .listenerClosed(let listener): close(listener, at: time)
        case .socket(let socket):
            sockets.insert(socket, isOfHost: socket.key.namespace == topology.host, at: time)
        case .translation(let translation): open(translation, at: time)
        case .translationGone(let translation): close(translation, at: time)
        case .remote(let key, let address, let endpoint): open(address, behind: key, endpoint: endpoint, at: time)
        case .remoteGone(let key, let address): close(address, behind: key, at: time)
        case .namespaceGone(let namespace): close(namespace, at: time)
        case .scope: break  // Follows from the topology.
        }
        renewNetworks(atOnce: true)
    }

    /// What changed in the scope map since it was asked for last, by place. Looks at every interface when the topology has
    /// changed at all, so ask once for a batch of entries.
    package mutating func scopeChanges() -> [ScopeAssignment] {
        guard toldVersion != topology.version else { return [] }
        toldVersion = topology.version
        let assigned = topology.assignments()
        var changes: [ScopeAssignment] = []
        for (place, scope) in assigned where told[place] != scope {
            changes.append(ScopeAssignment(place: place, scope: scope))
        }
        for place in told.keys where assigned[place] == nil {
            changes.append(ScopeAssignment(place: place, scope: place.unassigned))
        }
        told = assigned
        return changes.sorted { $0.place < $1.place }
    }

    /// Everything of a namespace closes, interfaces with what is on them first.
    private mutating func close(_ namespace: NetworkNamespace, at time: Timestamp) {
        // The first is the loopback, which its shape leaves out.
        let links = belongings.interfaces(of: namespace).union(topology.shapes[namespace]?.links ?? []).union([1])
        for index in links.sorted() { close(InterfaceKey(namespace: namespace, index: index), at: time) }
        for port in belongings.ports(of: namespace) { closeListeners(at: port, time: time) { _ in true } }
        if belongings.tupleCounts[namespace] != nil { closeTranslations(of: namespace, at: time) }
    }
}
