package import Addressing

/// Links and addresses of all namespaces that are known, as each namespace tells of its own, turned into changes of the
/// journal: who is whose other end, across namespaces.
///
/// A plain value. Bounded by `limit` links and as many addresses; what comes then is counted and passed over.
package struct LinkTable {
    struct Address: Hashable {
        var index: UInt32
        var address: IPAddress
    }

    /// What is known of a namespace.
    struct Known {
        var links: [UInt32: ToldLink] = [:]
        var addresses: [Address: UInt8] = [:]
        /// The links as they were told on.
        var told: [UInt32: Interface] = [:]
    }

    package typealias Change = JournalEntry.Change

    /// The namespace of the host itself, in whose numbers other namespaces are known.
    package let home: NetworkNamespace
    private var namespaces: [NetworkNamespace: Known] = [:]
    private var numbers: [Int32: NetworkNamespace] = [:]
    /// Links by the index of their other end.
    private var byPeer: [UInt32: Set<InterfaceKey>] = [:]
    private var count = 0
    /// What there was no room for.
    package private(set) var refused: UInt64 = 0

    package static var limit: Int { 65_536 }

    package init(home: NetworkNamespace) {
        self.home = home
    }

    /// Whether anything was told of a namespace.
    package func knows(_ namespace: NetworkNamespace) -> Bool { namespaces[namespace] != nil }

    /// Whether a vxlan device is among the links of a namespace.
    package func hasOverlay(in namespace: NetworkNamespace) -> Bool {
        namespaces[namespace]?.links.values.contains { $0.kind == "vxlan" } ?? false
    }

    /// All addresses in a namespace.
    package func addresses(in namespace: NetworkNamespace) -> Set<IPAddress> {
        Set(namespaces[namespace]?.addresses.keys.map(\.address) ?? [])
    }

    /// The namespace that has a number at home.
    package func namespace(numbered number: Int32) -> NetworkNamespace? { numbers[number] }

    /// Says which namespace has a number at home; whose other ends are there is known from now on.
    package mutating func name(_ number: Int32, _ namespace: NetworkNamespace) -> [Change] {
        guard numbers.updateValue(namespace, forKey: number) != namespace else { return [] }
        let waiting = namespaces[home]?.links.values.filter { $0.peerNamespace == number } ?? []
        return waiting.sorted { $0.index < $1.index }.flatMap {
            resolve(InterfaceKey(namespace: home, index: $0.index))
        }
    }

    /// A link there is, or is different.
    package mutating func add(_ link: ToldLink, in namespace: NetworkNamespace) -> [Change] {
        let key = InterfaceKey(namespace: namespace, index: link.index)
        let old = namespaces[namespace]?.links[link.index]
        if old == link { return [] }
        if old == nil {
            guard count < Self.limit else {
                refused += 1
                return []
            }
            count += 1
        }
        if let peer = old?.peer, peer != link.peer { removePeer(peer, key) }
        namespaces[namespace, default: Known()].links[link.index] = link
        if let peer = link.peer { byPeer[peer, default: []].insert(key) }
        // Its other end may have waited for it.
        return resolve(key) + (byPeer[link.index] ?? []).sorted().filter { $0 != key }.flatMap { resolve($0) }
    }

    /// A link is no more, or is in another namespace now.
    package mutating func remove(_ index: UInt32, in namespace: NetworkNamespace) -> [Change] {
        let key = InterfaceKey(namespace: namespace, index: index)
        guard let link = namespaces[namespace]?.links.removeValue(forKey: index) else { return [] }
        count -= 1
        if let peer = link.peer { removePeer(peer, key) }
        if let addresses = namespaces[namespace]?.addresses.keys.filter({ $0.index == index }) {
            for address in addresses { namespaces[namespace]?.addresses[address] = nil }
        }
        namespaces[namespace]?.told[index] = nil
        let others = (byPeer[index] ?? []).sorted().flatMap { resolve($0) }
        return [.interfaceGone(key)] + others
    }

    package mutating func add(
        _ address: IPAddress,
        prefixLength: UInt8,
        on index: UInt32,
        in namespace: NetworkNamespace
    ) -> [Change] {
        let key = Address(index: index, address: address)
        let known = namespaces[namespace]?.addresses
        if known?[key] == prefixLength { return [] }
        guard known?[key] != nil || known?.count ?? 0 < Self.limit else {
            refused += 1
            return []
        }
        namespaces[namespace, default: Known()].addresses[key] = prefixLength
        return [.address(InterfaceKey(namespace: namespace, index: index), address, prefixLength: prefixLength)]
    }

    package mutating func remove(_ address: IPAddress, on index: UInt32, in namespace: NetworkNamespace) -> [Change] {
        let key = Address(index: index, address: address)
        guard namespaces[namespace]?.addresses.removeValue(forKey: key) != nil else { return [] }
        return [.addressGone(InterfaceKey(namespace: namespace, index: index), address)]
    }

    /// All that a namespace has now: what is missing is gone.
    package mutating func replace(
        _ namespace: NetworkNamespace,
        links: [ToldLink],
        addresses: [(index: UInt32, address: IPAddress, prefixLength: UInt8)]
    ) -> [Change] {
        var changes: [Change] = []
        let present = Set(links.map(\.index))
        let kept = Set(addresses.map { Address(index: $0.index, address: $0.address) })
        let known = namespaces[namespace] ?? Known()
        for index in known.links.keys.sorted() where !present.contains(index) {
            changes += remove(index, in: namespace)
        }
        for address in known.addresses.keys where !kept.contains(address) && present.contains(address.index) {
            changes += remove(address.address, on: address.index, in: namespace)
        }
        namespaces[namespace, default: Known()].links.reserveCapacity(links.count)
        for link in links { changes += add(link, in: namespace) }
        for address in addresses {
            changes += add(address.address, prefixLength: address.prefixLength, on: address.index, in: namespace)
        }
        return changes
    }

    /// A namespace is no more, with all that was in it.
    package mutating func forget(_ namespace: NetworkNamespace) -> [Change] {
        numbers = numbers.filter { $0.value != namespace }
        guard let known = namespaces.removeValue(forKey: namespace) else { return [] }
        count -= known.links.count
        for link in known.links.values {
            if let peer = link.peer { removePeer(peer, InterfaceKey(namespace: namespace, index: link.index)) }
        }
        return [.namespaceGone(namespace)]
    }

    /// The namespaces something is known of.
    package var known: [NetworkNamespace] { namespaces.keys.sorted() }
}

extension LinkTable {
    private mutating func removePeer(_ peer: UInt32, _ key: InterfaceKey) {
        byPeer[peer]?.remove(key)
        if byPeer[peer]?.isEmpty == true { byPeer[peer] = nil }
    }

    /// Finds a link's other end, and tells of the link when it is different from what was told.
    private mutating func resolve(_ key: InterfaceKey) -> [Change] {
        guard let link = namespaces[key.namespace]?.links[key.index] else { return [] }
        var interface = Interface(key: key, name: link.name)
        interface.kind = link.kind
        interface.hardwareAddress = link.hardwareAddress
        interface.peer = peer(of: link, in: key.namespace)
        interface.master = link.master
        interface.networkIdentifier = link.networkIdentifier
        interface.tunnelPort = link.tunnelPort
        guard namespaces[key.namespace]?.told.updateValue(interface, forKey: key.index) != interface else { return [] }
        return [.interface(interface)]
    }

    private func peer(of link: ToldLink, in namespace: NetworkNamespace) -> InterfaceKey? {
        guard let index = link.peer else { return nil }
        guard let number = link.peerNamespace else { return InterfaceKey(namespace: namespace, index: index) }
        if namespace == home { return numbers[number].map { InterfaceKey(namespace: $0, index: index) } }
        // Numbers of other namespaces are theirs. A veth's ends name each other; what else stands on something elsewhere
        // was made at home.
        guard link.kind == "veth" else {
            return namespaces[home]?.links[index] == nil ? nil : InterfaceKey(namespace: home, index: index)
        }
        // Two that would do are one too many, from either side.
        let found = otherEnds(of: link, in: namespace, at: index)
        guard let only = found.first, found.count == 1, let other = namespaces[only.namespace]?.links[index],
            only.namespace == home || otherEnds(of: other, in: only.namespace, at: link.index).count == 1
        else { return nil }
        return only
    }

    /// The veths with a number, elsewhere, that name this one as their other end.
    private func otherEnds(of link: ToldLink, in namespace: NetworkNamespace, at index: UInt32) -> [InterfaceKey] {
        (byPeer[link.index] ?? []).filter { candidate in
            guard candidate.index == index, candidate.namespace != namespace,
                let other = namespaces[candidate.namespace]?.links[index], other.kind == "veth",
                let itsNumber = other.peerNamespace
            else { return false }
            return candidate.namespace != home || numbers[itsNumber] == namespace
        }
    }
}
