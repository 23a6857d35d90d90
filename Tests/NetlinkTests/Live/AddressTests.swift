import Addressing
import Foundation
import Glibc
import Testing

@testable import Netlink

@Suite("Addresses of a real kernel") struct AddressTests {
    @Test func areWhatIPPrints() throws {
        let space = try TestNamespace()
        try space.ip("link", "add", "v0", "type", "veth", "peer", "v1")
        try space.ip("address", "add", "10.1.0.1/16", "dev", "v0")
        try space.ip("address", "add", "10.2.0.1", "peer", "10.2.0.9/32", "dev", "v0")
        try space.ip("address", "add", "fd00::1/64", "dev", "v0", "nodad")
        try space.ip("link", "set", "v0", "up")
        let addresses = try space.perform { () throws -> [AddressMessage] in
            var socket = try NetlinkSocket(.route)
            return try socket.dumpAddresses()
        }
        var expected: Set<String> = []
        for link in try space.objects("ip", "address", "show") {
            for item in link["addr_info"] as? [[String: Any]] ?? [] {
                let text = "\(link["ifindex"] ?? 0) \(item["local"] ?? "") \(item["prefixlen"] ?? "")"
                expected.insert("\(text) \(item["address"] ?? "")")
            }
        }
        let got = addresses.map { "\($0.index) \($0.address) \($0.prefixLength) \($0.peer?.description ?? "")" }
        #expect(Set(got) == expected)
        #expect(expected.count >= 5)
    }
}
