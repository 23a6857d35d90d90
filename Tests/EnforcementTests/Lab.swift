import Addressing
import Containers
import Enforcement
import Policy
import Testing

/// A host in values: containers on a bridge, one on the host's network, one on a macvlan, whatever a test puts in.
struct Lab {
    static let host = NetworkNamespace(inode: 1)
    static let start = Timestamp(nanoseconds: 1_800_000_000_000_000_000)
    static let person = BlockAuthor.person(userIdentifier: 1000, name: "ada")
    static let rule = BlockAuthor.rule("scan.vertical", alert: "a1")

    var inventory = Inventory()
    private var nextIndex: UInt32 = 10

    init() {
        inventory.host = Self.host
        var place = NamespaceInventory(namespace: Self.host)
        place.isHost = true
        inventory.namespaces = [place]
    }

    static func after(_ seconds: Int64) -> Timestamp {
        Timestamp(nanoseconds: start.nanoseconds + seconds * 1_000_000_000)
    }

    static func container(_ name: String, generation: UInt32 = 1) -> Container {
        var container = Container(key: key(name, generation))
        container.description.name = name
        return container
    }

    static func key(_ name: String, _ generation: UInt32 = 1) -> ContainerKey {
        ContainerKey(identifier: name, generation: generation)
    }

    /// A container behind a veth whose other end is called `veth-NAME`, in the host's namespace or another one.
    mutating func add(
        _ name: String,
        generation: UInt32 = 1,
        _ addresses: String...,
        behind outer: NetworkNamespace = host,
        change: (inout Container) -> Void = { _ in }
    ) throws {
        var container = Self.container(name, generation: generation)
        nextIndex += 1
        let namespace = NetworkNamespace(inode: UInt64(nextIndex) + 1000)
        container.namespace = namespace
        change(&container)
        var place = NamespaceInventory(namespace: namespace)
        place.owner = container.key
        place.containers = [ContainerInventory(container, since: Self.start)]
        place.interfaces = [
            try Self.wire(namespace, "eth0", kind: "veth", to: "veth-\(name)", nextIndex, outer, addresses)
        ]
        inventory.namespaces.insert(place, at: 0)
    }

    static func wire(
        _ namespace: NetworkNamespace,
        _ name: String,
        kind: String?,
        to peer: String?,
        _ index: UInt32,
        _ outer: NetworkNamespace = host,
        _ addresses: [String] = []
    ) throws -> InterfaceInventory {
        var own = Interface(key: InterfaceKey(namespace: namespace, index: 2), name: name)
        own.kind = kind
        var described = InterfaceInventory(own)
        if let peer {
            var other = Interface(key: InterfaceKey(namespace: outer, index: index), name: peer)
            other.kind = "veth"
            described.interface.peer = other.key
            described.peer = other
        }
        described.addresses = try addresses.map { .init(try #require(IPAddress($0)), prefixLength: 24) }
        return described
    }

    /// Changes the namespace a container is in.
    mutating func change(_ name: String, _ body: (inout NamespaceInventory) throws -> Void) throws {
        let place = try #require(
            inventory.namespaces.firstIndex { $0.containers.contains { $0.container.key.identifier == name } }
        )
        try body(&inventory.namespaces[place])
    }

    /// A container on the host's network.
    mutating func addOnHost(_ name: String, group: UInt64?, path: String?) {
        var container = Self.container(name)
        container.namespace = Self.host
        container.cgroupIdentifier = group
        container.cgroup = path
        let last = inventory.namespaces.count - 1
        inventory.namespaces[last].containers.append(ContainerInventory(container, since: Self.start))
    }

    func resident(_ name: String, _ generation: UInt32 = 1) throws -> Resident {
        try #require(inventory.residents[Self.key(name, generation)])
    }

    /// An order to stop what a container sends to a block of addresses.
    static func order(
        _ name: String,
        to prefix: String,
        _ protocolNumber: UInt8? = nil,
        _ ports: ClosedRange<UInt16>? = nil,
        options: BlockOptions = [],
        by author: BlockAuthor = person
    ) throws -> BlockOrder {
        BlockOrder(
            .container(key(name)),
            .traffic(
                .prefix(try #require(IPPrefix(prefix))),
                Traffic(protocolNumber: protocolNumber, ports: ports.map { [$0] } ?? [])
            ),
            options: options,
            reason: "test",
            author: author
        )
    }

    static func quarantine(
        _ name: String,
        allowing prefixes: String...,
        by author: BlockAuthor = person
    ) throws -> BlockOrder {
        BlockOrder(
            .container(key(name)),
            .everything(allowing: try prefixes.map { try #require(IPPrefix($0)) }),
            reason: "test",
            author: author
        )
    }

    static func block(_ number: UInt64, _ order: BlockOrder, seconds: Int64? = 600) -> Block {
        Block(identifier: BlockIdentifier(number), order: order, from: start, until: seconds.map { after($0) })
    }
}
