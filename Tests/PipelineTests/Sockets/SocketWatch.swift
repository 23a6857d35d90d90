import Addressing
import Containers
import Flows
import Pipeline
import Records
import Support

/// A pipeline that is told of a host, and asks whose sockets are: docker0 (3) is 10.0.0.1, and behind veths 7 and 8 are
/// the containers `web`, alone at 10.0.0.2, and `owner` and `guest`, who share 10.0.0.3.
final class SocketWatch {
    let listener = Listener()
    var pipeline: Pipeline
    /// Whether frames wait for `flush`; else each is a batch.
    var isGathering = false
    private var bytes: [UInt8] = []
    private var frames: [Frame] = []
    static let home = NetworkNamespace(inode: 1)
    static let shared = NetworkNamespace(inode: 3)

    init(_ sockets: SocketInterest = .asked, reportsStarts: Bool = true, capacity: Int = 1024) {
        var settings = PipelineSettings()
        settings.flows.reportsStarts = reportsStarts
        settings.flows.capacity = capacity
        settings.sockets = sockets
        pipeline = Pipeline(settings: settings, sink: listener)
        change(.host(Self.home, name: "node"))
        pipeline.watch(Self.home, interface: 0)
        var bridge = Interface(key: InterfaceKey(namespace: Self.home, index: 3), name: "docker0")
        bridge.kind = "bridge"
        change(.interface(bridge))
        change(.address(bridge.key, .host(1), prefixLength: 24))
        for (index, namespace) in [(UInt32(7), UInt64(2)), (8, 3)] {
            veth(index, to: NetworkNamespace(inode: namespace), .host(index == 7 ? 2 : 3))
        }
        container("web", in: 2, group: 20)
        container("owner", in: 3, group: 30)
        container("guest", in: 3, group: 31)
    }

    func veth(_ index: UInt32, to namespace: NetworkNamespace, _ address: IPAddress) {
        var outer = Interface(key: InterfaceKey(namespace: Self.home, index: index), name: "veth\(index)")
        outer.kind = "veth"
        outer.master = 3
        outer.peer = InterfaceKey(namespace: namespace, index: 2)
        var inner = Interface(key: InterfaceKey(namespace: namespace, index: 2), name: "eth0")
        inner.kind = "veth"
        inner.peer = outer.key
        change(.interface(outer))
        change(.interface(inner))
        change(.address(inner.key, address, prefixLength: 24))
    }

    func container(_ name: String, in namespace: UInt64, group: UInt64?, at milliseconds: Int64 = 0) {
        var container = Container(key: ContainerKey(identifier: name, generation: 1))
        container.namespace = NetworkNamespace(inode: namespace)
        container.cgroupIdentifier = group
        container.description.name = name
        change(.container(container), at: milliseconds)
    }

    func change(_ change: JournalEntry.Change, at milliseconds: Int64 = 0) {
        pipeline.change(JournalEntry(time: Self.time(milliseconds), change: change))
    }

    /// A TCP segment, as it passes the veth or bridge of that number.
    func segment(
        _ source: Endpoint,
        _ destination: Endpoint,
        _ flags: String = "S",
        over index: UInt32 = 7,
        outgoing: Bool = true,
        at milliseconds: Int64
    ) {
        let segment = PacketBuilder.tcp(
            from: source.port,
            to: destination.port,
            flags,
            acknowledgment: flags.contains("A") ? 2 : 0
        )
        take(PacketBuilder.ip(segment, 6, from: source.address, to: destination.address), index, outgoing, milliseconds)
    }

    /// The three segments that set a connection up.
    func open(_ source: Endpoint, _ destination: Endpoint, over index: UInt32 = 7, at milliseconds: Int64) {
        segment(source, destination, "S", over: index, outgoing: false, at: milliseconds)
        segment(destination, source, "SA", over: index, at: milliseconds)
        segment(source, destination, "A", over: index, outgoing: false, at: milliseconds)
    }

    func datagram(_ source: Endpoint, _ destination: Endpoint, at milliseconds: Int64) {
        let datagram = PacketBuilder.udp(from: source.port, to: destination.port)
        take(PacketBuilder.ip(datagram, 17, from: source.address, to: destination.address), 7, true, milliseconds)
    }

    private func take(_ packet: [UInt8], _ index: UInt32, _ outgoing: Bool, _ milliseconds: Int64) {
        let cooked = PacketBuilder.cooked(packet, index: index, outgoing: outgoing)
        let frame = Frame(
            offset: bytes.count,
            time: Self.time(milliseconds),
            capturedLength: UInt32(cooked.count),
            wireLength: UInt32(cooked.count),
            interface: 0,
            linkType: 276
        )
        bytes += cooked
        frames.append(frame)
        if !isGathering { flush() }
    }

    /// Hands over what was gathered, in one batch.
    func flush() {
        pipeline.frames(unsafe FrameBatch(bytes: bytes.span.bytes, frames: frames.span))
        bytes = []
        frames = []
    }

    func advance(to milliseconds: Int64) { pipeline.advance(to: Self.time(milliseconds)) }

    func answer(
        _ question: SocketQuestion,
        process: Int32? = 77,
        group: UInt64? = nil,
        container: String? = nil,
        at milliseconds: Int64
    ) {
        change(.socket(Self.socket(question, process: process, group: group, container: container)), at: milliseconds)
    }

    static func socket(
        _ question: SocketQuestion,
        process: Int32? = 77,
        group: UInt64? = nil,
        container: String? = nil
    ) -> ConnectionSocket {
        var socket = ConnectionSocket(key: question.key, since: question.since)
        socket.cgroupIdentifier = group
        socket.container = container.map { ContainerKey(identifier: $0, generation: 1) }
        socket.process = process.map { SocketProcess(identifier: $0, name: "p\($0)") }
        return socket
    }

    static func time(_ milliseconds: Int64) -> Timestamp { Timestamp(nanoseconds: milliseconds * 1_000_000) }

    /// What was told: the action, who began, and whose process.
    var told: [String] {
        listener.flows.map { flow in
            let source = flow.names.identities?.source
            let who = source?.container?.description.name ?? source?.kind.rawValue ?? "-"
            return "\(flow.action.rawValue) \(who) \(source?.process?.name ?? "-")"
        }
    }
}

/// An address and a port.
struct Endpoint {
    var address: IPAddress
    var port: UInt16

    static func host(_ number: UInt32, _ port: UInt16) -> Self { Self(address: .host(number), port: port) }

    var end: Translation.End { Translation.End(address: address, port: port) }
}
