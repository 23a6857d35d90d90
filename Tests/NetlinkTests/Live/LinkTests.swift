import Addressing
import Foundation
import Glibc
import Privilege
import Testing

@testable import Netlink

/// What the kernel says of links, beside what ip(8) prints of the same.
@Suite("Links of a real kernel") struct LinkTests {
    @Test func areWhatIPPrints() throws {
        let space = try TestNamespace()
        try space.ip("link", "add", "br0", "type", "bridge")
        try space.ip("link", "add", "v0", "address", "02:00:00:00:00:01", "mtu", "1400", "type", "veth", "peer", "v1")
        try space.ip("link", "set", "v0", "master", "br0", "up")
        try space.ip("link", "add", "m0", "link", "v1", "type", "macvlan", "mode", "bridge")
        try space.ip(
            "link",
            "add",
            "vx0",
            "type",
            "vxlan",
            "id",
            "42",
            "dstport",
            "8472",
            "local",
            "10.1.2.3",
            "nolearning"
        )

        let links = try space.perform { () throws -> [LinkMessage] in
            var socket = try NetlinkSocket(.route)
            return try socket.dumpLinks()
        }
        let printed = try space.objects("ip", "-d", "link", "show")
        #expect(links.count == printed.count && links.count >= 6)
        for object in printed {
            let index = try #require(object["ifindex"] as? Int)
            let link = try #require(links.first { $0.index == UInt32(index) })
            #expect(link.name == object["ifname"] as? String)
            #expect(link.kind == (object["linkinfo"] as? [String: Any])?["info_kind"] as? String)
            #expect(link.hardwareAddress?.description == object["address"] as? String)
            #expect(link.maximumTransmissionUnit == (object["mtu"] as? Int).map { UInt32($0) })
            #expect(link.isUp == (object["flags"] as? [String])?.contains("UP"))
            let names = { (index: UInt32?) in links.first { $0.index == index }?.name }
            #expect(names(link.master) == object["master"] as? String)
            #expect(names(link.peer) == object["link"] as? String)
        }
        let vxlan = try #require(links.first { $0.name == "vx0" }?.vxlan)
        #expect(vxlan.networkIdentifier == 42)
        #expect(vxlan.port == 8472)
        #expect(vxlan.local?.description == "10.1.2.3")
        #expect(vxlan.remote == nil && !vxlan.collectsMetadata && !vxlan.learns)
    }

    @Test func aVethKnowsItsOtherEndInAnotherNamespace() throws {
        let near = try TestNamespace()
        let far = try TestNamespace()
        try near.ip("link", "add", "host0", "type", "veth", "peer", "eth0", "netns", far.path)
        let there = try NamespaceFile(path: far.path)
        let (link, identifier) = try near.perform { () throws -> (LinkMessage?, Int32?) in
            var socket = try NetlinkSocket(.route)
            return (try socket.link(name: "host0"), try socket.namespaceIdentifier(of: there.descriptor))
        }
        let other = try far.perform { () throws -> LinkMessage? in
            var socket = try NetlinkSocket(.route)
            return try socket.link(name: "eth0")
        }
        #expect(identifier != nil && link?.peerNamespace == identifier)
        #expect(other != nil && link?.peer == other?.index)
        #expect(other?.peer == link?.index && other?.peerNamespace != nil)
    }

    @Test func anotherNamespaceIsReadWithoutEnteringIt() throws {
        let near = try TestNamespace()
        let far = try TestNamespace()
        try far.ip("link", "add", "far0", "type", "bridge")
        try far.ip("address", "add", "10.9.8.7/24", "dev", "far0")
        let identifier = try near.number(of: far)
        let (links, addresses, one) = try near.perform { () throws in
            var socket = try NetlinkSocket(.route)
            return (
                try socket.dumpLinks(of: identifier),
                try socket.dumpAddresses(of: identifier),
                try socket.link(name: "far0", of: identifier)
            )
        }
        #expect(links.map(\.name).sorted() == ["far0", "lo"])
        #expect(addresses.contains { $0.address.description == "10.9.8.7" && $0.prefixLength == 24 })
        #expect(one == links.first { $0.name == "far0" })
    }

    @Test func aVethSeenFromOutsideKnowsTheNamespaceThatAsks() throws {
        let near = try TestNamespace()
        let far = try TestNamespace()
        try near.ip("link", "add", "host0", "type", "veth", "peer", "eth0", "netns", far.path)
        let identifier = try near.number(of: far)
        // Its own number in itself: the kernel gives one when something in another namespace points back.
        let here = try NamespaceFile(path: near.path)
        let (link, other, own) = try near.perform { () throws in
            var socket = try NetlinkSocket(.route)
            let other = try socket.dumpLinks(of: identifier).first { $0.name == "eth0" }
            return (try socket.link(name: "host0"), other, try socket.namespaceIdentifier(of: here.descriptor))
        }
        #expect(other != nil && other?.peer == link?.index && link?.peer == other?.index)
        #expect(own != nil && other?.peerNamespace == own && own != identifier)
    }

    @Test func whatIsNotThereIsNil() throws {
        let space = try TestNamespace()
        try space.perform { () throws in
            var socket = try NetlinkSocket(.route)
            #expect(try socket.link(index: 4711) == nil)
            #expect(try socket.link(name: "absent") == nil)
            #expect(try socket.link(name: "lo")?.isLoopback == true)
            #expect(try socket.link(index: 1)?.name == "lo")
        }
    }

    @Test func aRefusalKeepsTheKernelsWords() throws {
        let space = try TestNamespace()
        let error = space.perform { () -> NetlinkError? in
            do throws(NetlinkError) {
                var socket = try NetlinkSocket(.route)
                _ = try socket.dumpLinks(of: 99)
                return nil
            } catch {
                return error
            }
        }
        #expect(
            error
                == .refused(operation: "list links", code: EINVAL, message: "Invalid target network namespace id")
        )
    }
}
