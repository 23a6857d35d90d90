import Addressing
import Containers

/// The addresses of this host and of the namespaces in it, as the journal tells. Bounded: those beyond the limit are not known.
struct LocalAddresses: Sendable {
    private(set) var host: NetworkNamespace?
    private var holders: [IPAddress: Set<InterfaceKey>] = [:]
    private var addresses: [InterfaceKey: Set<IPAddress>] = [:]
    private var count = 0

    static var limit: Int { 32_768 }

    var isEmpty: Bool { count == 0 }

    /// Whether an address is in a namespace such as asked for.
    func isIn(_ address: IPAddress, where matches: (NetworkNamespace) -> Bool) -> Bool {
        holders[address]?.contains { matches($0.namespace) } ?? false
    }

    mutating func take(_ entry: JournalEntry) {
        switch entry.change {
        case .host(let namespace, name: _): host = namespace
        case .address(let key, let address, prefixLength: _):
            guard count < Self.limit, addresses[key, default: []].insert(address).inserted else { return }
            holders[address, default: []].insert(key)
            count += 1
        case .addressGone(let key, let address): remove(address, of: key)
        case .interfaceGone(let key): removeAll(of: key)
        case .namespaceGone(let namespace):
            for key in addresses.keys where key.namespace == namespace { removeAll(of: key) }
        default: break
        }
    }

    private mutating func removeAll(of key: InterfaceKey) {
        for address in addresses[key] ?? [] { remove(address, of: key) }
        addresses[key] = nil
    }

    private mutating func remove(_ address: IPAddress, of key: InterfaceKey) {
        guard addresses[key]?.remove(address) != nil else { return }
        count -= 1
        holders[address]?.remove(key)
        if holders[address]?.isEmpty ?? false { holders[address] = nil }
        if addresses[key]?.isEmpty ?? false { addresses[key] = nil }
    }
}
