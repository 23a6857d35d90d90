import Containers

/// Whose a listener is: that of the container whose control group its socket has, else of one in its namespace.
///
/// Listeners are told before much is known of their containers; they are given again when more is. Those of the loopback nobody else can
/// call, and are none: Docker's resolver has one in each container, at another port every time. Bounded in namespaces, and in listeners of
/// each.
struct ContainerListeners: Sendable {
    private struct Namespace: Sendable {
        var listeners: [Listener] = []
        var containers: [Container] = []
    }

    private var namespaces = SubjectTable<NetworkNamespace, Namespace>(limit: Self.limit)
    /// The namespace of each container.
    private var homes = SubjectTable<ContainerKey, NetworkNamespace>(limit: Self.limit)
    private var host: NetworkNamespace?

    static var limit: Int { 4096 }
    /// Listeners of one namespace, and containers in it.
    static var each: Int { 64 }

    /// Takes what became so; gives listeners and whose they are, as far as that is known.
    mutating func take(_ entry: JournalEntry) -> [(Listener, Container)] {
        switch entry.change {
        case .host(let namespace, _): host = namespace
        case .listener(let listener) where listener.namespace != host && !listener.address.isLoopback:
            return namespaces.update(listener.namespace, or: Namespace()) { place in
                if place.listeners.count < Self.each, !place.listeners.contains(listener) {
                    place.listeners.append(listener)
                }
                return Self.owner(of: listener, among: place.containers).map { [(listener, $0)] } ?? []
            }
        case .listenerClosed(let listener):
            _ = namespaces.change(listener.namespace) { place in
                place.listeners.removeAll { $0.isSocket(of: listener) }
            }
        case .containerEnded(let key):
            guard let namespace = homes[key] else { return [] }
            _ = namespaces.change(namespace) { place in place.containers.removeAll { $0.key == key } }
        case .container(let container):
            guard let namespace = container.namespace, namespace != host else { return [] }
            homes.set(container.key, namespace)
            return namespaces.update(namespace, or: Namespace()) { place in
                place.containers.removeAll { $0.key == container.key }
                if place.containers.count < Self.each { place.containers.append(container) }
                return place.listeners.compactMap { listener in
                    Self.owner(of: listener, among: place.containers).map { (listener, $0) }
                }
            }
        case .namespaceGone(let namespace): namespaces.set(namespace, Namespace())
        default: break
        }
        return []
    }

    /// All that listen now, and whose they are, as far as that is known; in the order in which their namespaces were heard of.
    var standing: [(Listener, Container)] {
        namespaces.all.flatMap { place in
            place.listeners.compactMap { listener in
                Self.owner(of: listener, among: place.containers).map { (listener, $0) }
            }
        }
    }

    private static func owner(of listener: Listener, among containers: [Container]) -> Container? {
        let group = listener.cgroupIdentifier.flatMap { group in containers.first { $0.cgroupIdentifier == group } }
        // Of those that share a namespace and cannot be told apart the pod's own.
        return group ?? (containers.count == 1 ? containers.first : containers.first { $0.description.isSandbox })
    }
}

extension Listener {
    fileprivate func isSocket(of other: Self) -> Bool {
        namespace == other.namespace && protocolNumber == other.protocolNumber && address == other.address
            && port == other.port
    }
}
