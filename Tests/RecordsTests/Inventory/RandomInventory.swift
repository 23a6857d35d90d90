import Addressing
import Containers

/// An inventory such as a host could have: shared namespaces, the host's network, containers without a namespace, and names from
/// whoever likes to trick a reader.
struct RandomInventory {
    private var numbers: SeededNumbers
    private(set) var inventory = Inventory()
    private static let host = NetworkNamespace(inode: 1)

    init(seed: UInt64) {
        numbers = SeededNumbers(seed: seed)
        inventory.host = Self.host
        inventory.hostName = "node \"a\"\n"
        for inode in 2..<(5 + some(4)) { inventory.namespaces.append(namespace(inode, containers: Int(some(4)))) }
        inventory.namespaces.append(namespace(90, containers: 3))
        inventory.namespaces.append(namespace(91, containers: 0))
        var lost = NamespaceInventory(namespace: nil)
        lost.containers = [resident(in: nil)]
        lost.owner = lost.containers[0].container.key
        lost.containers[0].exposures = [exposure(.published)]
        inventory.namespaces.append(lost)
        inventory.namespaces.append(hosts)
    }

    private mutating func some(_ bound: UInt64) -> UInt64 { numbers.next() % bound }
    private mutating func truth() -> Bool { some(2) == 0 }

    private mutating func word() -> String {
        let words = ["web", "", "db\u{1b}[31m", "é\u{202e}", "a\"b\\", "k: v\n", "\u{0}", "🛟", String(some(1000))]
        return words[Int(some(UInt64(words.count)))]
    }

    private mutating func address() -> IPAddress {
        truth()
            ? .v4(IPv4Address(bits: UInt32(truncatingIfNeeded: numbers.next())))
            : .v6(IPv6Address(high: truth() ? 0xfe80 << 48 : numbers.next(), low: some(3)))
    }

    private var hosts: NamespaceInventory {
        mutating get {
            var place = namespace(Self.host.inode, containers: 2)
            place.isHost = true
            place.owner = nil
            for index in place.containers.indices {
                place.containers[index].exposures.append(exposure(.hostNetwork))
                place.containers[index].container.description.usesHostNetwork = truth()
            }
            return place
        }
    }

    private mutating func namespace(_ inode: UInt64, containers: Int) -> NamespaceInventory {
        let namespace = NetworkNamespace(inode: inode)
        var place = NamespaceInventory(namespace: namespace)
        for index in 0..<some(4) { place.interfaces.append(interface(UInt32(index + 2), in: namespace)) }
        for _ in 0..<some(3) { place.listeners.append(listener(in: namespace)) }
        for _ in 0..<some(3) { place.exposures.append(exposure(.translation)) }
        for _ in 0..<containers { place.containers.append(resident(in: namespace)) }
        place.owner = place.containers.first?.container.key
        return place
    }

    private mutating func resident(in namespace: NetworkNamespace?) -> ContainerInventory {
        let key = ContainerKey(identifier: String(numbers.next(), radix: 16), generation: UInt32(some(3) + 1))
        var container = Container(key: key)
        container.namespace = namespace
        container.cgroup = truth() ? "/x/\(word())" : nil
        container.cgroupIdentifier = numbers.next()
        container.process = truth() ? Int32(some(1 << 31)) : nil
        container.started = truth() ? Timestamp(nanoseconds: Int64(some(1 << 62))) : nil
        container.description = description()
        var resident = ContainerInventory(container, since: Timestamp(nanoseconds: 9))
        for _ in 0..<some(3) { if let namespace { resident.listeners.append(listener(in: namespace)) } }
        for _ in 0..<some(3) { resident.exposures.append(exposure(.published)) }
        return resident
    }

    private mutating func description() -> ContainerDescription {
        var description = ContainerDescription()
        description.runtime = truth() ? ContainerRuntime.allCases.randomElement(using: &numbers) : nil
        description.name = truth() ? word() : nil
        description.image = truth() ? word() : nil
        for _ in 0..<some(4) { description.labels[word()] = word() }
        description.pod = truth() ? word() : nil
        description.podNamespace = truth() ? word() : nil
        description.podIdentifier = truth() ? word() : nil
        description.created = truth() ? Timestamp(nanoseconds: -5) : nil
        description.creator = truth() ? word() : nil
        description.owner = truth() ? word() : nil
        description.role = truth() ? word() : nil
        description.isSandbox = truth()
        description.networkOf = truth() ? word() : nil
        description.networks = truth() ? [word(), word()] : truth() ? [] : nil
        return description
    }

    private mutating func interface(_ index: UInt32, in namespace: NetworkNamespace) -> InterfaceInventory {
        var own = Interface(key: InterfaceKey(namespace: namespace, index: index), name: word())
        own.kind = truth() ? "veth" : nil
        own.hardwareAddress = truth() ? MACAddress(bits: some(1 << 48)) : nil
        own.master = truth() ? 3 : nil
        var described = InterfaceInventory(own)
        for _ in 0..<some(4) { described.addresses.append(.init(address(), prefixLength: UInt8(some(33)))) }
        if truth() {
            described.peer = Interface(key: InterfaceKey(namespace: Self.host, index: index + 40), name: word())
        }
        if truth() {
            described.bridge = Interface(key: InterfaceKey(namespace: Self.host, index: 3), name: word())
        }
        described.networkIdentifier = truth() ? UInt32(some(1 << 24)) : nil
        return described
    }

    /// Also of a protocol that has no name.
    private mutating func protocolNumber() -> UInt8 { [6, 17, 132, 253][Int(some(4))] }

    private mutating func listener(in namespace: NetworkNamespace) -> Listener {
        var listener = Listener(
            namespace: namespace,
            protocolNumber: protocolNumber(),
            address: address(),
            port: UInt16(some(1 << 16))
        )
        listener.cgroupIdentifier = numbers.next()
        if truth() {
            listener.process = SocketProcess(
                identifier: Int32(some(1 << 31)),
                name: word(),
                executable: truth() ? word() : nil
            )
        }
        return listener
    }

    private mutating func exposure(_ origin: Exposure.Origin) -> Exposure {
        let port = PublishedPort(
            protocolNumber: protocolNumber(),
            address: address(),
            port: UInt16(some(1 << 16)),
            containerPort: UInt16(some(1 << 16))
        )
        return Exposure(port, origin: origin)
    }
}
