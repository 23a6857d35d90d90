import Addressing

/// What is open, by the interface or namespace it is in: with that it closes.
struct Belongings {
    private(set) var addresses: [InterfaceKey: Set<IPAddress>] = [:]
    private(set) var ports: [NetworkNamespace: [IdentityJournal.Port: Int]] = [:]
    /// How many listeners are open in a namespace.
    private(set) var listenerCounts: [NetworkNamespace: Int] = [:]
    /// How many tuples of translated connections are open in a namespace.
    private(set) var tupleCounts: [NetworkNamespace: Int] = [:]

    /// How many entries lead to a tunnel end of another host through a device.
    private var stationCounts: [TunnelEnd: Int] = [:]

    private struct TunnelEnd: Hashable {
        var device: InterfaceKey
        var endpoint: IPAddress
    }

    /// Notes an entry more or less; returns whether any is left.
    mutating func changeStations(at endpoint: IPAddress, over device: InterfaceKey, by change: Int) -> Bool {
        let key = TunnelEnd(device: device, endpoint: endpoint)
        let count = stationCounts[key, default: 0] + change
        stationCounts[key] = count > 0 ? count : nil
        return count > 0
    }

    mutating func removeStations(at endpoint: IPAddress, over device: InterfaceKey) {
        stationCounts[TunnelEnd(device: device, endpoint: endpoint)] = nil
    }

    mutating func insert(_ address: IPAddress, of key: InterfaceKey) {
        addresses[key, default: []].insert(address)
    }

    /// False when it was not there.
    mutating func remove(_ address: IPAddress, of key: InterfaceKey) -> Bool {
        guard addresses[key]?.remove(address) != nil else { return false }
        if addresses[key]?.isEmpty == true { addresses[key] = nil }
        return true
    }

    mutating func change(_ port: IdentityJournal.Port, by change: Int) {
        let count = ports[port.namespace]?[port, default: 0] ?? 0
        ports[port.namespace, default: [:]][port] = count + change > 0 ? count + change : nil
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
