import Addressing
import Containers
import Foundation
import Records
import Support
import Testing

@Suite("Inventory as JSON")
struct InventoryWriterTests {
    private static let namespace = NetworkNamespace(inode: 40)

    private static var interface: InterfaceInventory {
        var own = Interface(key: InterfaceKey(namespace: namespace, index: 2), name: "eth0")
        own.kind = "veth"
        own.hardwareAddress = MACAddress(bits: 0x0242_ac11_0002)
        var described = InterfaceInventory(own)
        described.addresses = [
            .init(JournalEntries.address, prefixLength: 16),
            .init(.v6(IPv6Address(high: 0xfe80 << 48, low: 1)), prefixLength: 64),
        ]
        described.peer = Interface(
            key: InterfaceKey(namespace: NetworkNamespace(inode: 1), index: 4),
            name: "veth4"
        )
        described.bridge = Interface(key: InterfaceKey(namespace: NetworkNamespace(inode: 1), index: 3), name: "br0")
        described.networkIdentifier = 42
        return described
    }

    private static func listener(_ port: UInt16) -> Listener {
        var listener = Listener(namespace: namespace, protocolNumber: 6, address: .text("::"), port: port)
        listener.process = SocketProcess(identifier: 9, name: "httpd", executable: "/bin/httpd")
        return listener
    }

    private static func resident(_ identifier: String) -> ContainerInventory {
        var container = Container(key: ContainerKey(identifier: identifier, generation: 1))
        container.namespace = namespace
        return ContainerInventory(container, since: Timestamp(nanoseconds: 0))
    }

    private static var place: NamespaceInventory {
        var place = NamespaceInventory(namespace: namespace)
        place.interfaces = [interface]
        return place
    }

    private func text(_ write: (inout InventoryWriter) -> Void) -> String {
        var writer = InventoryWriter(hostName: "node-a", time: Timestamp(nanoseconds: 1))
        write(&writer)
        var bytes: [UInt8] = []
        writer.drain { piece in for index in piece.indices { bytes.append(piece[index]) } }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func records(_ write: (inout InventoryWriter) -> Void) -> [Record] {
        text(write).split(separator: "\n").compactMap { Record(line: String($0)) }
    }

    @Test func writesAContainerWithItsKeysInOrder() {
        var place = Self.place
        var resident = Self.resident("ab")
        resident.container.process = 7
        resident.container.started = Timestamp(nanoseconds: 2)
        resident.container.description.name = "web"
        resident.container.description.creator = "deployment/web"
        resident.container.description.owner = "shop"
        resident.container.description.role = "front end"
        resident.container.description.created = Timestamp(nanoseconds: 0)
        resident.container.description.networks = ["bridge"]
        resident.listeners = [Self.listener(80)]
        let port = PublishedPort(
            protocolNumber: 6,
            address: .v4(IPv4Address(bits: 0)),
            port: 8080,
            containerPort: 80
        )
        resident.exposures = [Exposure(port, origin: .published)]
        place.containers = [resident]
        place.owner = resident.container.key
        let expected =
            #"{"@timestamp":"1970-01-01T00:00:00.000000001Z","event":{"kind":"state"},"#
            + #""observer":{"hostname":"node-a"},"identity":{"kind":"container"},"#
            + #""container":{"id":"ab","name":"web","creator":"deployment/web","owner":"shop","role":"front end","#
            + #""generation":1,"netns":40,"pid":7,"#
            + #""created":"1970-01-01T00:00:00.000000000Z","started":"1970-01-01T00:00:00.000000002Z","#
            + #""networks":["bridge"]},"host":{"ip":["172.17.0.2"],"netns":40},"#
            + #""interface":[{"name":"eth0","ifindex":2,"kind":"veth","mac":"02:42:ac:11:00:02","#
            + #""address":[{"ip":"172.17.0.2","prefix_length":16},{"ip":"fe80::1","prefix_length":64}],"#
            + #""peer":{"name":"veth4","ifindex":4,"netns":1},"bridge":"br0","vni":42}],"#
            + #""listener":[{"transport":"tcp","ip":"::","port":80,"#
            + #""process":{"pid":9,"name":"httpd","executable":"/bin/httpd"}}],"#
            + #""exposed":[{"transport":"tcp","ip":"0.0.0.0","port":8080,"container_port":80,"by":"published"}]}"#
            + "\n"
        #expect(text { $0.write(resident, in: place) } == expected)
    }

    @Test func whoSharesANamespaceNamesItsOwnerWhoHasWhatIsNobodys() {
        var place = Self.place
        place.containers = [Self.resident("owner"), Self.resident("guest")]
        place.owner = place.containers[0].container.key
        place.containers[1].listeners = [Self.listener(81)]
        place.listeners = [Self.listener(82)]
        let records = records { writer in for each in place.containers { writer.write(each, in: place) } }
        #expect(records.map { $0["container.network_of"] } == [nil, "owner"])
        #expect(records.map { $0.list("listener", "port") } == [["82"], ["81"]])
        #expect(records.map { $0["container.netns"] } == ["40", "40"])
    }

    @Test func onTheHostsNetworkOnlySocketsAreTheContainersOwn() {
        var place = Self.place
        place.isHost = true
        place.containers = [Self.resident("a"), Self.resident("b")]
        place.listeners = [Self.listener(22)]
        let records = records { writer in
            for each in place.containers { writer.write(each, in: place) }
            writer.write(place)
        }
        #expect(records.map { $0["identity.kind"] } == ["container", "container", "host"])
        #expect(records.map { $0["host.netns"] } == [nil, nil, "40"])
        #expect(records.map { $0["container.network_of"] } == [nil, nil, nil])
        #expect(records.map { $0.list("listener", "port") } == [[], [], ["22"]])
    }

    @Test func namespacesWithoutAContainerAreSaidToBeThat() {
        let records = records { $0.write(Self.place) }
        #expect(records.map { $0["identity.kind"] } == ["namespace"])
        #expect(records.map { $0.list("interface", "name") } == [["eth0"]])
    }

    @Test func everyKeyIsDocumented() throws {
        let page = try String(contentsOf: SharedPage.records, encoding: .utf8)
        for origin in Exposure.Origin.allCases { #expect(page.contains("`\(origin.rawValue)`")) }
        for key in ["network_of", "prefix_length", "container_port", "`bridge`", "`vni`", "observer.hostname"] {
            #expect(page.contains(key), "\(key)")
        }
    }
}

extension IPAddress {
    fileprivate static func text(_ text: String) -> Self { IPAddress(text) ?? .v4(IPv4Address(bits: 0)) }
}
