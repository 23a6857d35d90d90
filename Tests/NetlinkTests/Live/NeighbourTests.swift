import Addressing
import Foundation
import Glibc
import Testing

@testable import Netlink

@Suite("Neighbours and forwarding tables of a real kernel") struct NeighbourTests {
    @Test func neighboursAreWhatIPPrints() throws {
        let space = try TestNamespace()
        try space.ip("link", "add", "v0", "type", "veth", "peer", "v1")
        try space.ip("address", "add", "10.1.0.1/16", "dev", "v0")
        try space.ip("link", "set", "v0", "up")
        try space.ip("neighbour", "add", "10.1.0.2", "lladdr", "02:00:00:00:00:0a", "dev", "v0")
        try space.ip("neighbour", "add", "fd00::2", "lladdr", "02:00:00:00:00:0b", "dev", "v0")
        let neighbours = try space.perform { () throws(NetlinkError) -> [NeighbourMessage] in
            var socket = try NetlinkSocket(.route)
            return try socket.dumpNeighbours()
        }
        var printed: Set<String> = []
        for object in try space.objects("ip", "neighbour", "show") {
            printed.insert("\(object["dst"] ?? "") \(object["lladdr"] ?? "")")
        }
        // ip(8) leaves out NUD_NOARP: multicast and the like.
        let got = neighbours.filter { $0.state != 0x40 }.map {
            "\($0.destination?.description ?? "") \($0.hardwareAddress?.description ?? "")"
        }
        #expect(Set(got) == printed)
        #expect(printed == ["10.1.0.2 02:00:00:00:00:0a", "fd00::2 02:00:00:00:00:0b"])
        #expect(neighbours.allSatisfy { !$0.isForwarding })
    }

    @Test func forwardingTablesAreWhatBridgePrints() throws {
        let space = try TestNamespace()
        try space.ip("link", "add", "br0", "type", "bridge")
        try space.ip("link", "add", "v0", "address", "02:00:00:00:00:01", "type", "veth", "peer", "v1")
        try space.ip("link", "set", "v0", "master", "br0", "up")
        try space.ip("link", "add", "vx0", "type", "vxlan", "id", "42", "dstport", "8472", "nolearning")
        try space.ip("link", "set", "vx0", "master", "br0", "up")
        let bridge = "/sbin/bridge"
        try space.run(bridge, "fdb", "append", "02:00:00:00:00:0b", "dev", "vx0", "dst", "10.1.2.4")
        try space.run(
            bridge,
            "fdb",
            "append",
            "02:00:00:00:00:0c",
            "dev",
            "vx0",
            "dst",
            "10.1.2.5",
            "port",
            "4789",
            "vni",
            "43"
        )
        try space.run(bridge, "fdb", "add", "02:00:00:00:00:0d", "dev", "v0", "master", "static")
        let (links, entries) = try space.perform { () throws(NetlinkError) in
            var socket = try NetlinkSocket(.route)
            return (try socket.dumpLinks(), try socket.dumpForwarding())
        }
        let name = { (index: UInt32?) in links.first { $0.index == index }?.name ?? "" }
        let got = entries.map {
            "\($0.hardwareAddress?.description ?? "") \(name($0.index)) \($0.destination?.description ?? "")"
        }
        var printed: [String] = []
        for object in try space.objects("bridge", "fdb", "show") {
            printed.append("\(object["mac"] ?? "") \(object["ifname"] ?? "") \(object["dst"] ?? "")")
        }
        #expect(got.sorted() == printed.sorted())
        #expect(got.contains("02:00:00:00:00:0b vx0 10.1.2.4"))
        let entry = try #require(entries.first { $0.hardwareAddress?.description == "02:00:00:00:00:0d" })
        #expect(name(entry.master) == "br0" && name(entry.index) == "v0" && entry.isForwarding)
        let far = try #require(entries.first { $0.hardwareAddress?.description == "02:00:00:00:00:0c" })
        #expect(far.networkIdentifier == 43 && far.port == 4789)
    }
}
