import Addressing
import Containers

/// What the journal says of a host in a period: what stood when it began, and what came after.
struct HostTally {
    /// Whether there is a journal at all; without one nothing is known, which is not nothing.
    private(set) var isTold = false
    private(set) var names: [String] = []
    private(set) var interfaces = BoundedTable<InterfaceKey, Interface>()
    /// By identifier: another run of the same container is the same.
    private(set) var containers = BoundedTable<String, Container>()
    private(set) var listeners = BoundedTable<ListenerName, Listener>()
    /// Tunnel ends of other hosts, and how many forwarding entries lead there.
    private(set) var remotes = BoundedTable<IPAddress, UInt64>()
    /// Forwarding entries, and where each leads.
    private(set) var entries = BoundedTable<EntryName, IPAddress>()
    /// Devices that have had such.
    private var tunnels: Set<InterfaceKey> = []
    private(set) var hostNamespace: NetworkNamespace?

    private static var nameLimit: Int { 64 }

    struct EntryName: Hashable {
        var interface: InterfaceKey
        var address: MACAddress
    }

    struct ListenerName: Hashable, Comparable {
        var namespace: NetworkNamespace
        var protocolNumber: UInt8
        var port: UInt16
        var address: IPAddress

        init(_ listener: Listener) {
            namespace = listener.namespace
            protocolNumber = listener.protocolNumber
            port = listener.port
            address = listener.address
        }

        static func < (left: Self, right: Self) -> Bool {
            if left.namespace != right.namespace { return left.namespace < right.namespace }
            if left.protocolNumber != right.protocolNumber { return left.protocolNumber < right.protocolNumber }
            return left.port != right.port ? left.port < right.port : left.address < right.address
        }
    }

    /// Takes an entry. What ended before `since` was not there in the period.
    mutating func take(_ entry: JournalEntry, since: Timestamp) {
        isTold = true
        let isBefore = entry.time < since
        switch entry.change {
        case .host(let namespace, let name):
            hostNamespace = namespace
            if !name.isEmpty, !names.contains(name), names.count < Self.nameLimit { names.append(name) }
        case .container(let container):
            containers.change(container.key.identifier, fresh: container) { $0 = container }
        case .containerEnded(let key):
            if isBefore { containers.remove(key.identifier) }
        case .interface(let interface):
            interfaces.change(interface.key, fresh: interface) { $0 = interface }
        case .interfaceGone(let key):
            if isBefore { forget(key) }
        case .listener(let listener):
            listeners.change(ListenerName(listener), fresh: listener) { $0 = listener }
        case .listenerClosed(let listener):
            if isBefore { listeners.remove(ListenerName(listener)) }
        case .remote(let interface, let address, let endpoint):
            take(EntryName(interface: interface, address: address), endpoint, isBefore: isBefore)
        case .remoteGone(let interface, let address):
            if isBefore { forget(EntryName(interface: interface, address: address)) }
        case .namespaceGone(let namespace):
            if isBefore { forget(namespace) }
        case .address, .addressGone, .socket, .translation, .translationGone, .scope: break
        }
    }

    /// An entry leads to an end; one that it led to within the period stays told.
    private mutating func take(_ name: EntryName, _ end: IPAddress, isBefore: Bool) {
        guard entries.values[name] != end else { return }
        if isBefore { forget(name) }
        entries.change(name, fresh: end) { $0 = end }
        guard entries.values[name] == end else { return }
        tunnels.insert(name.interface)
        remotes.change(end, fresh: 0) { $0 &+= 1 }
    }

    private mutating func forget(_ name: EntryName) {
        guard let end = entries.values[name] else { return }
        entries.remove(name)
        if let count = remotes.values[end], count > 1 {
            remotes.change(end, fresh: 0) { $0 = count - 1 }
        } else {
            remotes.remove(end)
        }
    }

    private mutating func forget(_ interface: InterfaceKey) {
        interfaces.remove(interface)
        guard tunnels.remove(interface) != nil else { return }
        for name in entries.values.keys where name.interface == interface { forget(name) }
    }

    private mutating func forget(_ namespace: NetworkNamespace) {
        for key in interfaces.values.keys where key.namespace == namespace { forget(key) }
        for key in tunnels where key.namespace == namespace { forget(key) }
        for name in listeners.values.keys where name.namespace == namespace { listeners.remove(name) }
    }
}
