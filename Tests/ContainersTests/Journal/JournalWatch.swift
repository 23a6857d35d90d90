import Addressing
import Containers

/// A journal, and short words for what a host's kernel and runtimes would tell it.
final class JournalWatch {
    var journal: IdentityJournal
    /// Milliseconds after the epoch of the next entry.
    var time: Int64 = 1_000_000

    static let host = NetworkNamespace(inode: 1)

    init(limits: JournalLimits = JournalLimits()) {
        journal = IdentityJournal(limits: limits)
        apply(.host(Self.host, name: "node-a"))
    }

    func apply(_ change: JournalEntry.Change) {
        journal.apply(JournalEntry(time: .milliseconds(time), change: change))
    }

    /// An interface of a namespace, with addresses such as "10.0.0.1/24".
    @discardableResult
    func link(
        _ key: InterfaceKey,
        _ name: String,
        kind: String? = nil,
        peer: InterfaceKey? = nil,
        master: UInt32? = nil,
        vni: UInt32? = nil,
        mac: UInt64? = nil,
        addresses: [String] = []
    ) -> InterfaceKey {
        var interface = Interface(key: key, name: name)
        interface.kind = kind
        interface.peer = peer
        interface.master = master
        interface.networkIdentifier = vni
        interface.hardwareAddress = mac.map { MACAddress(bits: $0) }
        apply(.interface(interface))
        for address in addresses { self.address(key, address) }
        return key
    }

    func address(_ key: InterfaceKey, _ text: String) {
        let parts = text.split(separator: "/")
        apply(.address(key, .text(parts[0]), prefixLength: UInt8(parts[1]) ?? 0))
    }

    /// A veth with one end in the host's namespace, perhaps on a bridge, and the other in a namespace of its own.
    @discardableResult
    func veth(
        _ hostIndex: UInt32,
        to namespace: UInt64,
        index: UInt32 = 2,
        bridge: UInt32? = nil,
        mac: UInt64? = nil,
        addresses: String...
    ) -> InterfaceKey {
        let near = InterfaceKey.of(1, hostIndex)
        let far = InterfaceKey.of(namespace, index)
        link(near, "veth\(hostIndex)", kind: "veth", peer: far, master: bridge)
        link(far, "eth\(index - 2)", kind: "veth", peer: near, mac: mac, addresses: addresses)
        return near
    }

    /// A container in a namespace.
    @discardableResult
    func container(
        _ identifier: String,
        in namespace: UInt64?,
        generation: UInt32 = 1,
        cgroup: UInt64? = nil,
        _ describe: (inout ContainerDescription) -> Void = { _ in }
    ) -> ContainerKey {
        let key = ContainerKey(identifier: identifier, generation: generation)
        var container = Container(key: key)
        container.namespace = namespace.map { NetworkNamespace(inode: $0) }
        container.cgroupIdentifier = cgroup
        describe(&container.description)
        apply(.container(container))
        return key
    }

    func end(_ identifier: String, generation: UInt32 = 1) {
        apply(.containerEnded(ContainerKey(identifier: identifier, generation: generation)))
    }

    func listener(_ port: UInt16, in namespace: UInt64, at address: String = "0.0.0.0", cgroup: UInt64?) -> Listener {
        var listener = Listener(
            namespace: NetworkNamespace(inode: namespace),
            protocolNumber: 6,
            address: .text(address),
            port: port
        )
        listener.cgroupIdentifier = cgroup
        listener.process = SocketProcess(identifier: 7, name: "server")
        return listener
    }

    /// Who has an address, so many milliseconds from now.
    func who(_ address: String, after delay: Int64 = 0, _ ask: (inout IdentityQuestion) -> Void = { _ in }) -> Identity
    {
        var question = IdentityQuestion(address: .text(address), time: .milliseconds(time + delay))
        question.scope = .bare
        ask(&question)
        return journal.identify(question)
    }
}

extension InterfaceKey {
    static func of(_ namespace: UInt64, _ index: UInt32) -> Self {
        Self(namespace: NetworkNamespace(inode: namespace), index: index)
    }
}

extension IPAddress {
    /// An address as people write it; all zeros when it is none.
    static func text(_ text: some StringProtocol) -> Self {
        IPAddress(String(text)) ?? .v6(IPv6Address(high: 0, low: 0))
    }
}

extension Timestamp {
    static func milliseconds(_ count: Int64) -> Self { Self(nanoseconds: count * 1_000_000) }
}

extension Identity {
    /// The container's identifier.
    var name: String? { container?.key.identifier }
}
