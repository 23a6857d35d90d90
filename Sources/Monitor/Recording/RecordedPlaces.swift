import Addressing
import Containers
import Records

/// What names the interfaces and addresses of a recording have for people who read it with other tools: by the containers behind them.
///
/// Follows the entries of the journal as far as it needs them. Bounded: beyond `limit` interfaces, containers or addresses further ones stay
/// nameless. What it says is a convenience; what a replay goes by are the entries themselves.
struct RecordedPlaces {
    private struct Place {
        var interface: Interface
        var addresses: Set<IPAddress> = []
    }

    private var host: NetworkNamespace?
    private var places: [InterfaceKey: Place] = [:]
    private var members: [NetworkNamespace: Set<InterfaceKey>] = [:]
    private var containers: [NetworkNamespace: [ContainerKey: ContainerDescription]] = [:]
    private var homes: [ContainerKey: NetworkNamespace] = [:]
    /// Names that were given since they were taken last.
    private var news: [IPAddress: String] = [:]
    /// Counts what may have changed a description.
    private(set) var version: UInt32 = 0

    static var limit: Int { 65_536 }

    /// Takes in what became so.
    mutating func apply(_ change: JournalEntry.Change) {
        switch change {
        case .host(let namespace, _): host = namespace
        case .container(let container): add(container)
        case .containerEnded(let key):
            if let home = homes.removeValue(forKey: key) {
                containers[home]?[key] = nil
                if containers[home]?.isEmpty ?? false { containers[home] = nil }
            }
        case .interface(let interface):
            guard places.count < Self.limit || places[interface.key] != nil else { return }
            places[interface.key, default: Place(interface: interface)].interface = interface
            members[interface.key.namespace, default: []].insert(interface.key)
        case .interfaceGone(let key): remove(key)
        case .namespaceGone(let namespace):
            for key in members[namespace] ?? [] { places[key] = nil }
            members[namespace] = nil
        case .address(let key, let address, _):
            guard places[key]?.addresses.count ?? .max < Self.addressLimit else { return }
            places[key]?.addresses.insert(address)
            name(address, in: key.namespace)
        case .addressGone(let key, let address): places[key]?.addresses.remove(address)
        default: return
        }
        version &+= 1
    }

    /// Of one interface.
    private static var addressLimit: Int { 256 }

    private mutating func remove(_ key: InterfaceKey) {
        places[key] = nil
        members[key.namespace]?.remove(key)
        if members[key.namespace]?.isEmpty ?? false { members[key.namespace] = nil }
    }

    private mutating func add(_ container: Container) {
        guard let home = container.namespace, homes.count < Self.limit || homes[container.key] != nil else { return }
        if let before = homes[container.key], before != home { containers[before]?[container.key] = nil }
        homes[container.key] = home
        containers[home, default: [:]][container.key] = container.description
        for key in members[home] ?? [] {
            for address in places[key]?.addresses ?? [] { name(address, in: home) }
        }
    }

    private mutating func name(_ address: IPAddress, in namespace: NetworkNamespace) {
        guard let label = label(of: namespace), !address.isLocal else { return }
        guard news.count < Self.limit else { return }
        news[address] = label
    }

    /// What whoever is in a namespace is called; nil of the host's own, and where nobody has a name.
    private func label(of namespace: NetworkNamespace) -> String? {
        guard namespace != host, let inside = containers[namespace] else { return nil }
        let descriptions = inside.sorted { $0.key < $1.key }
        if let pod = descriptions.compactMap(\.value.pod).first { return Self.harmless(pod) }
        let owners = descriptions.filter { $0.value.networkOf == nil }
        let names = (owners.isEmpty ? descriptions : owners)
            .map { $0.value.name ?? String($0.key.identifier.prefix(12)) }
        return names.isEmpty ? nil : Self.harmless(names.prefix(4).joined(separator: "+"))
    }

    /// Names of addresses since this was asked last, in order.
    mutating func takeNames() -> [(address: IPAddress, name: String)] {
        if news.isEmpty { return [] }
        defer { news.removeAll(keepingCapacity: true) }
        return news.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// Has all names told again, as another file begins.
    mutating func tellAgain() {
        for (key, place) in places { for address in place.addresses { name(address, in: key.namespace) } }
        version &+= 1
    }

    /// What an interface is called; nil when nobody has told of it.
    func name(of key: InterfaceKey) -> String? { (places[key]?.interface.name).map(Self.harmless) }

    /// Who is behind an interface, for people: `container web (nginx:1.27, docker 0123456789ab), bridge docker0`. Nil where there is nothing
    /// to say beside its name.
    func description(of key: InterfaceKey) -> String? {
        guard let interface = places[key]?.interface else { return nil }
        var parts: [String] = []
        if let beyond = interface.peer?.namespace, beyond != key.namespace, let who = who(in: beyond) {
            parts.append(who)
        }
        if key.namespace != host, let who = who(in: key.namespace) { parts.append("inside " + who) }
        if let master = interface.master,
            let bridge = places[InterfaceKey(namespace: key.namespace, index: master)]?.interface
        {
            parts.append("bridge \(bridge.name)")
        }
        if let segment = interface.networkIdentifier { parts.append("VNI \(segment)") }
        if parts.isEmpty, let kind = interface.kind { parts.append(kind) }
        return parts.isEmpty ? nil : Self.harmless(parts.joined(separator: ", "))
    }

    /// The interfaces of some containers with their other ends, and their addresses. Nothing of what has the host's network.
    func belongings(
        of isWanted: (ContainerKey, ContainerDescription) -> Bool
    ) -> (interfaces: Set<InterfaceKey>, addresses: Set<IPAddress>) {
        var interfaces: Set<InterfaceKey> = []
        var addresses: Set<IPAddress> = []
        for (home, inside) in containers where home != host && inside.contains(where: { isWanted($0.key, $0.value) }) {
            for key in members[home] ?? [] {
                interfaces.insert(key)
                guard let place = places[key] else { continue }
                if let peer = place.interface.peer { interfaces.insert(peer) }
                addresses.formUnion(place.addresses.lazy.filter { !$0.isLocal })
            }
        }
        return (interfaces, addresses)
    }

    private func who(in namespace: NetworkNamespace) -> String? {
        guard namespace != host, let inside = containers[namespace], let label = label(of: namespace),
            let (key, description) = inside.sorted(by: { $0.key < $1.key }).first
        else { return nil }
        let identifier = String(key.identifier.prefix(12))
        let about = [description.image, "\(description.runtime?.rawValue ?? "") \(identifier)"].compactMap { $0 }
            .map { $0.trimmed }
        let count = inside.count > 1 ? " and \(inside.count - 1) more" : ""
        return "\(description.pod == nil ? "container" : "pod") \(label) (\(about.joined(separator: ", "))\(count))"
    }

    /// Text from outside, for tools that may not look at what they show.
    static func harmless(_ text: String) -> String {
        var harmless = String.UnicodeScalarView()
        for scalar in text.unicodeScalars.prefix(1024) { harmless.append(scalar.isHarmful ? "?" : scalar) }
        return String(harmless)
    }
}

extension String {
    fileprivate var trimmed: String { String(drop { $0 == " " }) }
}

extension IPAddress {
    /// Whether it means something to whoever has it alone, or on one link only.
    fileprivate var isLocal: Bool {
        switch self {
        case .v4(let address): address.bits >> 24 == 127 || address.bits >> 16 == 0xa9fe
        case .v6(let address): address.high >> 54 == 0x3fa || address.high == 0 && address.low <= 1
        }
    }
}
