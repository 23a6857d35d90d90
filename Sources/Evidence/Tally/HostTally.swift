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
    /// Tunnel ends of other hosts, and the device that leads there.
    private(set) var remotes = BoundedTable<IPAddress, InterfaceKey>()
    private(set) var hostNamespace: NetworkNamespace?

    private static var nameLimit: Int { 64 }

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
            if isBefore { interfaces.remove(key) }
        case .listener(let listener):
            listeners.change(ListenerName(listener), fresh: listener) { $0 = listener }
        case .listenerClosed(let listener):
            if isBefore { listeners.remove(ListenerName(listener)) }
        case .remote(let interface, _, let endpoint):
            remotes.change(endpoint, fresh: interface) { $0 = interface }
        case .namespaceGone(let namespace):
            if isBefore { forget(namespace) }
        case .address, .addressGone, .socket, .translation, .translationGone, .remoteGone, .scope: break
        }
    }

    private mutating func forget(_ namespace: NetworkNamespace) {
        for key in interfaces.values.keys where key.namespace == namespace { interfaces.remove(key) }
        for name in listeners.values.keys where name.namespace == namespace { listeners.remove(name) }
    }
}
