import Addressing

/// Listening sockets and translated connections.
extension IdentityJournal {
    /// Several sockets may share an address and a port (SO_REUSEPORT), each of another control group.
    mutating func open(_ listener: Listener, at time: Timestamp) {
        let port = Port(listener)
        let isNew = !listeners[port].contains { $0.until == nil && $0.value.isSameSocket(as: listener) }
        if isNew, listener.namespace != topology.host,
            belongings.listenerCounts[listener.namespace, default: 0] >= limits.listenersOfNamespace
        {
            overdrawn += 1
            return
        }
        guard listeners.open(listener, under: port, at: time, isSame: { $0.isSameSocket(as: listener) }) else { return }
        if isNew { belongings.changeListeners(at: port, by: 1) }
    }

    mutating func close(_ listener: Listener, at time: Timestamp) {
        closeListeners(at: Port(listener), time: time) { $0.isSameSocket(as: listener) }
    }

    mutating func closeListeners(at port: Port, time: Timestamp, where matches: (Listener) -> Bool) {
        let count = listeners.close(port, at: time, where: matches)
        if count > 0 { belongings.changeListeners(at: port, by: -count) }
    }

    mutating func open(_ translation: Translation, at time: Timestamp) {
        for connection in translation.connections {
            let isNew = !translations[connection].contains { $0.until == nil && $0.value == translation }
            let isKept = translations.open(translation, under: connection, at: time) { $0 == translation }
            if isNew, isKept { belongings.changeTuples(of: translation.namespace, by: 1) }
        }
    }

    mutating func close(_ translation: Translation, at time: Timestamp) {
        for connection in translation.connections {
            let count = translations.close(connection, at: time) { $0 == translation }
            if count > 0 { belongings.changeTuples(of: translation.namespace, by: -count) }
        }
    }

    /// Looks at all of them; only for a namespace that has some and is gone.
    mutating func closeTranslations(of namespace: NetworkNamespace, at time: Timestamp) {
        var open: Set<Translation> = []
        for list in translations.periods.values {
            for period in list where period.until == nil && period.value.namespace == namespace {
                open.insert(period.value)
            }
        }
        for translation in open { close(translation, at: time) }
    }
}

extension IdentityJournal.Port {
    init(_ listener: Listener) {
        self.init(
            namespace: listener.namespace,
            protocolNumber: listener.protocolNumber,
            port: listener.port
        )
    }
}

extension Listener {
    /// Same address, and no two control groups.
    fileprivate func isSameSocket(as other: Self) -> Bool {
        address == other.address
            && (cgroupIdentifier == other.cgroupIdentifier || cgroupIdentifier == nil || other.cgroupIdentifier == nil)
    }
}
