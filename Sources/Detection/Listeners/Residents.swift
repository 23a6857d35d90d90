import Addressing
import Containers

/// Who lives in which namespace, as the journal tells. Bounded in containers, in addresses, and in listeners whose container is not known yet.
struct Residents: Sendable {
    private var containers: [ContainerKey: (container: Container, since: Timestamp)] = [:]
    private var namespaces: [NetworkNamespace: Set<ContainerKey>] = [:]
    private var groups: [UInt64: ContainerKey] = [:]
    private var addresses: [NetworkNamespace: IPAddress] = [:]
    private var early: [NetworkNamespace: [Listener]] = [:]
    private(set) var host: NetworkNamespace?

    static var limit: Int { 16_384 }
    static var earlyLimit: Int { 1024 }
    static var earlyListeners: Int { 64 }

    var hasContainers: Bool { !containers.isEmpty }

    /// Returns listeners of which it is known only now whose they are.
    mutating func take(_ entry: JournalEntry) -> [Listener] {
        switch entry.change {
        case .host(let namespace, name: _): host = namespace
        case .container(let container): return add(container, at: entry.time)
        case .containerEnded(let key): remove(key)
        case .address(let key, let address, prefixLength: _):
            guard !address.isLoopback, addresses[key.namespace] == nil, addresses.count < Self.limit else { break }
            addresses[key.namespace] = address
        case .addressGone(let key, let address):
            if addresses[key.namespace] == address { addresses[key.namespace] = nil }
        case .namespaceGone(let namespace):
            addresses[namespace] = nil
            early[namespace] = nil
        default: break
        }
        return []
    }

    private mutating func add(_ container: Container, at time: Timestamp) -> [Listener] {
        let known = containers[container.key]
        guard known != nil || containers.count < Self.limit else { return [] }
        if known != nil { remove(container.key) }
        containers[container.key] = (container, known?.since ?? time)
        if let group = container.cgroupIdentifier { groups[group] = container.key }
        guard let namespace = container.namespace else { return [] }
        namespaces[namespace, default: []].insert(container.key)
        return early.removeValue(forKey: namespace) ?? []
    }

    private mutating func remove(_ key: ContainerKey) {
        guard let (container, _) = containers.removeValue(forKey: key) else { return }
        if let group = container.cgroupIdentifier, groups[group] == key { groups[group] = nil }
        guard let namespace = container.namespace else { return }
        namespaces[namespace]?.remove(key)
        if namespaces[namespace]?.isEmpty ?? false { namespaces[namespace] = nil }
    }

    /// Keeps a listener until a container is known in its namespace.
    mutating func hold(_ listener: Listener) {
        let waiting = early[listener.namespace]?.count ?? 0
        guard waiting > 0 || early.count < Self.earlyLimit, waiting < Self.earlyListeners else { return }
        early[listener.namespace, default: []].append(listener)
    }

    /// Whose a listener is: by its control group, or else, where the namespace is not the host's, of the one that holds the namespace.
    func owner(of listener: Listener) -> Container? {
        if let group = listener.cgroupIdentifier, let key = groups[group] { return containers[key]?.container }
        guard listener.namespace != host, let keys = namespaces[listener.namespace] else { return nil }
        let candidates = keys.sorted().compactMap { containers[$0]?.container }
        return candidates.first { $0.description.isSandbox } ?? candidates.first
    }

    /// Since when a container is known to run; now it is settled or not.
    func since(_ key: ContainerKey) -> Timestamp? { containers[key]?.since }

    /// The owner at the address it listens at, or the first one it has.
    func party(_ owner: Container, _ listener: Listener) -> Party {
        var party = Party(owner)
        party.process = listener.process?.name
        let address = listener.address.isUnspecified ? addresses[listener.namespace] : listener.address
        if let address { party.address = address }
        if owner.cgroupIdentifier == nil || owner.cgroupIdentifier != listener.cgroupIdentifier {
            party.confidence = (namespaces[listener.namespace]?.count ?? 0) > 1 ? .ambiguous : .likely
        }
        return party
    }
}
