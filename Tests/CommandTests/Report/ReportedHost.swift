import Addressing
import Containers
import Enforcement
import Flows
import Foundation
import Policy
import Records
import Wire

@testable import Store

/// The database of a host on which some of everything happened, in a folder of its own. Names are an attacker's.
final class ReportedHost {
    private let folder: ScratchFolder
    let path: String

    static let start: Int64 = 1_790_000_000
    static let hostileName = "<script>alert(1)</script>\u{202e}\u{1b}[2J"
    static let flows = 40

    static func time(_ seconds: Int64) -> Timestamp { Timestamp(nanoseconds: (start + seconds) * 1_000_000_000) }

    init() throws {
        folder = try ScratchFolder()
        path = folder.path("it's a database.db").path
        let store = try Store(path: path)
        let writer = StoreWriter(store)
        try writer.begin(at: Self.time(0), version: "test")
        var batch = StoreBatch()
        batch.ended = (0..<Self.flows).map(Self.flow)
        batch.open = [Self.flow(Self.flows)]
        batch.open[0].action = .updated
        batch.open[0].endReason = nil
        for entry in Self.journal { batch.add(entry) }
        batch.gaps = [Self.gap]
        batch.alerts = [
            Self.alert("crossing.undeclared", 80, at: 100), Self.alert("scan.vertical", 70, at: 101),
            Self.alert("scan.vertical", 70, at: 102), Self.alert("sweep.arp", 50, at: 103),
            Self.alert("flood.syn", 75, at: 104), Self.alert("rogue.image", 70, at: 105),
            Self.alert("scan.vertical", 70, at: 90_000),
        ]
        batch.blocks = [try Self.block]
        try writer.write(batch, at: Self.time(200))
        try writer.end(at: Self.time(300))
    }

    /// Containers of these names, who are known by nothing else, each with a flow; `path` is where their database is.
    init(named names: [String], at path: String) throws {
        folder = try ScratchFolder()
        self.path = path
        let writer = StoreWriter(try Store(path: path))
        try writer.begin(at: Self.time(0), version: "test")
        var batch = StoreBatch()
        batch.ended = names.enumerated().map { number, name in
            var flow = Self.flow(number * 4 + 1)
            // No runtime has such an identifier, so that a report asks for the name.
            var container = Container(key: ContainerKey(identifier: "pod \(number)", generation: 1))
            container.description.name = name
            flow.identities = FlowIdentities(
                source: Self.identity(.container, container),
                destination: Self.identity(.container, Self.db),
                hostName: "node-a"
            )
            return flow
        }
        try writer.write(batch, at: Self.time(200))
        try writer.end(at: Self.time(300))
    }

    static func container(_ name: String, _ digit: Character) -> Container {
        var container = Container(
            key: ContainerKey(identifier: String(repeating: digit, count: 64), generation: 1)
        )
        container.namespace = NetworkNamespace(inode: 4_026_532_000 + UInt64(digit.asciiValue ?? 0))
        container.description.name = name
        container.description.image = "shop/\(name):1"
        container.description.runtime = .docker
        container.description.published = [
            PublishedPort(protocolNumber: 6, address: .v4(IPv4Address(bits: 0)), port: 8080, containerPort: 80)
        ]
        return container
    }

    private static let web = container(hostileName, "a")
    private static let db = container("db", "b")

    private static func identity(_ kind: Identity.Kind, _ container: Container? = nil) -> SharedIdentity {
        var identity = Identity(kind: kind, method: .interface, confidence: .certain)
        identity.container = container
        return SharedIdentity(identity)
    }

    private static func flow(_ number: Int) -> FlowRecord {
        let source = FlowTranslation.End(address: .v4(IPv4Address(bits: 0x0a00_0001)), port: UInt16(40_000 + number))
        let isOutside = number % 4 == 0
        let target = IPv4Address(bits: isOutside ? 0x5db8_d822 : 0x0a00_0002)
        var record = FlowRecord(
            action: .ended,
            identifier: FlowIdentifier(bits: UInt64(number + 1)),
            first: time(Int64(number)),
            last: time(Int64(number) + 10),
            source: FlowRecord.End(source, packets: 3, bytes: 300),
            destination: FlowRecord.End(
                FlowTranslation.End(address: .v4(target), port: 443),
                packets: 2,
                bytes: 200
            ),
            protocolNumber: 6
        )
        record.endReason = .fin
        record.connectionState = .sf
        record.state = .closed
        record.identities = FlowIdentities(
            source: identity(.container, web),
            destination: isOutside ? identity(.outside) : identity(.container, db),
            hostName: "node-a"
        )
        if isOutside { record.destination.domain = hostileName }
        if number % 3 == 0 {
            var stack = TunnelStack()
            stack.push(.vxlan)
            record.tunnel = Tunnel(
                stack: stack,
                identifier: 42,
                source: IPAddress("192.0.2.1"),
                destination: IPAddress("192.0.2.2"),
                destinationPort: 4789
            )
        }
        return record
    }

    private static var journal: [JournalEntry] {
        let host = NetworkNamespace(inode: 4_026_531_840)
        var bridge = Interface(key: InterfaceKey(namespace: host, index: 3), name: "br-shop")
        bridge.kind = "bridge"
        var overlay = Interface(key: InterfaceKey(namespace: host, index: 4), name: "vxlan42")
        (overlay.kind, overlay.networkIdentifier, overlay.master) = ("vxlan", 42, 3)
        var listener = Listener(
            namespace: web.namespace ?? host,
            protocolNumber: 6,
            address: .v4(IPv4Address(bits: 0)),
            port: 80
        )
        listener.process = SocketProcess(identifier: 7, name: "nginx\u{7}")
        return [
            .host(host, name: "node-a"), .interface(bridge), .interface(overlay), .container(web), .container(db),
            .listener(listener),
        ].map { JournalEntry(time: time(1), change: $0) }
    }

    private static var gap: StoredGap {
        var gap = StoredGap(time: time(60), since: time(50), reason: .capture)
        (gap.interface, gap.received) = ("eth0", 1000)
        return gap
    }

    private static func alert(_ rule: String, _ severity: Int, at seconds: Int64) -> AlertRecord {
        AlertRecord(
            rule: rule,
            name: rule,
            category: String(rule.prefix { $0 != "." }),
            severity: severity,
            time: time(seconds),
            source: AlertRecord.End(.v4(IPv4Address(bits: 0x0a00_0001)), kind: .container, container: web),
            message: "\(hostileName) did what \(rule) finds"
        )
    }

    private static var block: BlockRecord {
        get throws {
            let order = BlockOrder(
                .container(web.key),
                .everything(allowing: []),
                reason: "it \"scans\"\n",
                author: .person(userIdentifier: 0, name: "root")
            )
            let block = Block(identifier: BlockIdentifier(7), order: order, from: time(110), until: time(800))
            var record = BlockRecord(.verified, block, state: .holds, at: time(111))
            record.container = web
            record.stopped = StoppedTraffic(packets: 12, bytes: 1200)
            return record
        }
    }
}
