import Addressing
import Containers
import Enforcement
import Testing

@Suite("Never-block set")
struct NeverBlockSetTests {
    @Test func theInventoryTellsOfTheHostAndOfGateways() throws {
        var lab = Lab()
        try lab.add("web", "10.1.0.2")
        let last = lab.inventory.namespaces.count - 1
        lab.inventory.namespaces[last].interfaces = [
            try Lab.wire(Lab.host, "eth0", kind: nil, to: nil, 0, Lab.host, ["192.0.2.1"]),
            try Lab.wire(Lab.host, "docker0", kind: "bridge", to: nil, 0, Lab.host, ["10.1.0.1", "fd00::1"]),
        ]
        var overlay = NamespaceInventory(namespace: NetworkNamespace(inode: 77))
        overlay.interfaces = [try Lab.wire(Lab.host, "br0", kind: "bridge", to: nil, 0, Lab.host, ["10.2.0.1"])]
        lab.inventory.namespaces.append(overlay)
        var set = NeverBlockSet()
        let hasRoom = set.insert(lab.inventory)
        #expect(hasRoom)
        let roles = try ["192.0.2.1", "10.1.0.1", "fd00::1", "10.2.0.1", "127.0.0.11", "10.1.0.2"].map {
            set.conflict(with: IPPrefix(of: try #require(IPAddress($0))))?.role
        }
        #expect(roles == [.host, .gateway, .gateway, .gateway, .host, nil])
    }

    @Test func isBoundedAndSaysSo() throws {
        var set = NeverBlockSet()
        for number in 0..<NeverBlockSet.limit { set.insert(.v4(IPv4Address(bits: UInt32(number))), .configured) }
        let isNewTaken = set.insert(.v4(IPv4Address(bits: .max)), .configured)
        let isKnownTaken = set.insert(.v4(IPv4Address(bits: 0)), .host)
        #expect(!isNewTaken && isKnownTaken)
        #expect(set.prefixes.count == NeverBlockSet.limit)
    }
}
