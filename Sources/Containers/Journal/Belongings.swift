import Addressing

/// What is open, by the interface or namespace it is in: with that it closes.
///
/// Has an entry for each thing that is open elsewhere in the journal, and so needs no bound of its own.
struct Belongings {
    private var addresses: [NetworkNamespace: [UInt32: Set<IPAddress>]] = [:]
    /// How many entries lead to a tunnel end of another host, by the device they lead over.
    private var stations: [NetworkNamespace: [UInt32: [IPAddress: Int]]] = [:]
    private var ports: [NetworkNamespace: [IdentityJournal.Port: Int]] = [:]
    /// How many listeners are open in a namespace.
    private(set) var listenerCounts: [NetworkNamespace: Int] = [:]
    /// How many tuples of translated connections are open in a namespace.
    private(set) var tupleCounts: [NetworkNamespace: Int] = [:]

    func addresses(of key: InterfaceKey) -> Set<IPAddress> { addresses[key.namespace]?[key.index] ?? [] }

    func endpoints(over device: InterfaceKey) -> Dictionary<IPAddress, Int>.Keys? {
        stations[device.namespace]?[device.index]?.keys
    }

    func ports(of namespace: NetworkNamespace) -> [IdentityJournal.Port] {
        ports[namespace].map { Array($0.keys) } ?? []
    }

    /// Interfaces that have something, told of or not.
    func interfaces(of namespace: NetworkNamespace) -> Set<UInt32> {
        Set(addresses[namespace]?.keys.map { $0 } ?? []).union(stations[namespace]?.keys.map { $0 } ?? [])
    }

    mutating func insert(_ address: IPAddress, of key: InterfaceKey) {
        addresses[key.namespace, default: [:]][key.index, default: []].insert(address)
    }

    /// False when it was not there.
    mutating func remove(_ address: IPAddress, of key: InterfaceKey) -> Bool {
        guard addresses[key.namespace]?[key.index]?.remove(address) != nil else { return false }
        if addresses[key.namespace]?[key.index]?.isEmpty == true { addresses[key.namespace]?[key.index] = nil }
        if addresses[key.namespace]?.isEmpty == true { addresses[key.namespace] = nil }
        return true
    }

    /// Notes an entry more or less that leads to a tunnel end; returns whether any is left.
    mutating func changeStations(at endpoint: IPAddress, over device: InterfaceKey, by change: Int) -> Bool {
        let count = (stations[device.namespace]?[device.index]?[endpoint] ?? 0) + change
        guard count > 0 else {
            removeStations(at: endpoint, over: device)
            return false
        }
        stations[device.namespace, default: [:]][device.index, default: [:]][endpoint] = count
        return true
    }

    mutating func removeStations(at endpoint: IPAddress, over device: InterfaceKey) {
        stations[device.namespace]?[device.index]?[endpoint] = nil
        if stations[device.namespace]?[device.index]?.isEmpty == true {
            stations[device.namespace]?[device.index] = nil
        }
        if stations[device.namespace]?.isEmpty == true { stations[device.namespace] = nil }
    }

    mutating func changeListeners(at port: IdentityJournal.Port, by change: Int) {
        let count = (ports[port.namespace]?[port] ?? 0) + change
        ports[port.namespace, default: [:]][port] = count > 0 ? count : nil
        if ports[port.namespace]?.isEmpty == true { ports[port.namespace] = nil }
        Self.add(change, to: port.namespace, in: &listenerCounts)
    }

    mutating func changeTuples(of namespace: NetworkNamespace, by change: Int) {
        Self.add(change, to: namespace, in: &tupleCounts)
    }

    private static func add(_ change: Int, to key: NetworkNamespace, in counts: inout [NetworkNamespace: Int]) {
        let count = counts[key, default: 0] + change
        counts[key] = count > 0 ? count : nil
    }
}
