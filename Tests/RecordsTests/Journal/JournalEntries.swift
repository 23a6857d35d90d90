import Addressing
import Containers
import Records

/// Entries of every kind, with every key and with as few as can be.
enum JournalEntries {
    static let namespace = NetworkNamespace(inode: 4_026_531_840)
    static let other = NetworkNamespace(inode: .max)
    static let key = InterfaceKey(namespace: namespace, index: 7)
    static let address = IPAddress.v4(IPv4Address(bits: 0xac11_0002))
    static let long = IPAddress.v6(IPv6Address(high: 0xfd00 << 48, low: 2))
    static let hardware = MACAddress(bits: 0x0242_ac11_0002)
    static let container = ContainerKey(identifier: "0123abcd", generation: 2)

    static var full: Container {
        var full = Container(key: container)
        full.namespace = namespace
        full.cgroup = "/docker/0123abcd"
        full.cgroupIdentifier = .max
        full.process = 4711
        full.started = Timestamp(nanoseconds: 1_700_000_001_000_000_000)
        full.description.runtime = .crio
        full.description.name = "web \"1\"\n\u{202e}"
        full.description.image = "registry:5000/web:1.0"
        full.description.labels = ["app": "web", "empty": "", "": "nameless", "a.b/c": "é"]
        full.description.pod = "web-7f"
        full.description.podNamespace = "shop"
        full.description.podIdentifier = "8a6e"
        full.description.created = Timestamp(nanoseconds: 1_700_000_000_123_456_789)
        full.description.creator = "shop/web"
        full.description.owner = "team é"
        full.description.role = "front\tend"
        full.description.isSandbox = true
        full.description.networkOf = "feed"
        full.description.usesHostNetwork = true
        full.description.networks = ["bridge", "é"]
        full.description.published = [
            PublishedPort(protocolNumber: 17, address: address, port: 5353, containerPort: 53)
        ]
        return full
    }

    static var interface: Interface {
        var interface = Interface(key: key, name: "vxlan0")
        interface.kind = "vxlan"
        interface.hardwareAddress = hardware
        interface.peer = InterfaceKey(namespace: other, index: .max)
        interface.master = 3
        interface.networkIdentifier = 42
        interface.tunnelPort = 8472
        return interface
    }

    static var listener: Listener {
        var listener = Listener(namespace: namespace, protocolNumber: 6, address: address, port: 443)
        listener.cgroupIdentifier = 99
        listener.process = SocketProcess(identifier: 12, name: "nginx: (x)", executable: "/usr/sbin/nginx")
        return listener
    }

    static var socket: ConnectionSocket {
        let key = SocketKey(
            namespace: namespace,
            protocolNumber: 6,
            local: Translation.End(address: address, port: 40_000),
            remote: Translation.End(address: long, port: 443)
        )
        var socket = ConnectionSocket(key: key, since: Timestamp(nanoseconds: 1_700_000_000_000_000_001))
        socket.cgroupIdentifier = 99
        socket.container = container
        socket.process = SocketProcess(identifier: 12, name: "curl \"x\"", executable: "/usr/bin/curl")
        return socket
    }

    static var translation: Translation {
        func end(_ address: IPAddress, _ port: UInt16) -> Translation.End { .init(address: address, port: port) }
        return Translation(
            namespace: namespace,
            protocolNumber: 17,
            originalSource: end(long, 50_000),
            originalDestination: end(address, 8080),
            replySource: end(address, 0),
            replyDestination: end(long, .max)
        )
    }

    static var changes: [JournalEntry.Change] {
        var bare = listener
        bare.cgroupIdentifier = nil
        bare.process = nil
        bare.protocolNumber = 0
        var noProgram = listener
        noProgram.process?.executable = nil
        var bareSocket = socket
        bareSocket.cgroupIdentifier = nil
        bareSocket.container = nil
        bareSocket.process = nil
        var zero = Interface(key: key, name: "lo")
        zero.hardwareAddress = MACAddress(bits: 0)
        let scopes: [ScopeName] = [
            .bare, .segment(identifier: 42, vlan: 0), .segment(identifier: 42, vlan: 7), .vlan(5), .namespace(other),
            .device(key),
        ]
        return [
            .host(namespace, name: "node-a"), .host(other, name: ""),
            .container(full), .container(Container(key: container)), .container(full), .containerEnded(container),
            .interface(interface), .interface(Interface(key: key, name: "eth0")), .interface(zero), .interfaceGone(key),
            .address(key, address, prefixLength: 16), .address(key, long, prefixLength: 128),
            .address(key, address, prefixLength: 0), .addressGone(key, long),
            .listener(listener), .listener(bare), .listener(noProgram), .listenerClosed(listener),
            .socket(socket), .socket(bareSocket),
            .translation(translation), .translationGone(translation),
            .remote(key, hardware, endpoint: long), .remote(key, MACAddress(bits: 0), endpoint: address),
            .remoteGone(key, hardware), .namespaceGone(namespace),
            .scope(ScopeAssignment(place: .segment(42), scope: .bare)),
        ] + scopes.map { .scope(ScopeAssignment(place: .interface(key), scope: $0)) }
    }

    /// A nanosecond apart.
    static var all: [JournalEntry] {
        changes.enumerated().map { number, change in
            JournalEntry(time: Timestamp(nanoseconds: 1_700_000_000_000_000_000 + Int64(number)), change: change)
        }
    }

    /// As they are written.
    static var text: [UInt8] {
        var writer = JournalWriter()
        for entry in all { writer.write(entry) }
        return writer.bytes
    }
}
