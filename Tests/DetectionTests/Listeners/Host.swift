import Addressing
import Containers
import Policy

@testable import Detection

/// A host whose journal is told, and what was found.
struct Host {
    var stream: Stream
    static let namespace = NetworkNamespace(inode: 1)

    init(_ policy: DeclaredPolicy = DeclaredPolicy()) {
        stream = Stream(policy)
        stream.journal(.host(Self.namespace, name: "node"))
    }

    static func container(
        _ name: String,
        namespace inode: UInt64,
        image: String? = nil,
        group: UInt64? = nil
    ) -> Container {
        var container = Container(key: ContainerKey(identifier: name, generation: 1))
        container.namespace = NetworkNamespace(inode: inode)
        container.cgroupIdentifier = group
        container.description.name = name
        container.description.image = image
        return container
    }

    mutating func run(_ container: Container, at seconds: Double) { stream.journal(.container(container), at: seconds) }

    mutating func listen(
        in inode: UInt64,
        _ port: UInt16,
        protocolNumber: UInt8 = 6,
        process: String? = nil,
        group: UInt64? = nil,
        address: String = "0.0.0.0",
        at seconds: Double
    ) {
        var listener = Listener(
            namespace: NetworkNamespace(inode: inode),
            protocolNumber: protocolNumber,
            address: Stream.host(address),
            port: port
        )
        listener.cgroupIdentifier = group
        if let process {
            listener.process = SocketProcess(identifier: 77, name: process, executable: "/usr/sbin/\(process)")
        }
        stream.journal(.listener(listener), at: seconds)
    }

    func found(_ rule: Rule) -> [Alert] { stream.found(rule) }
}
