import Addressing
import Testing

@testable import Netlink

@Suite("Link message") struct LinkMessageTests {
    /// One end of a veth, in a bridge; the other is index 2 of another namespace.
    static let veth: [UInt8] = [
        0x00,  // AF_UNSPEC
        0x00,  // padding
        0x01, 0x00,  // ifi_type: ARPHRD_ETHER
        0x05, 0x00, 0x00, 0x00,  // ifi_index
        0x02, 0x10, 0x00, 0x00,  // ifi_flags
        0x00, 0x00, 0x00, 0x00,  // ifi_change
        0x0a, 0x00, 0x03, 0x00, 0x68, 0x6f, 0x73, 0x74, 0x30, 0x00, 0x00, 0x00,  // IFLA_IFNAME
        0x05, 0x00, 0x10, 0x00, 0x02, 0x00, 0x00, 0x00,  // IFLA_OPERSTATE
        0x05, 0x00, 0x43, 0x00, 0x00, 0x00, 0x00, 0x00,  // type 67, not known here
        0x08, 0x00, 0x04, 0x00, 0xdc, 0x05, 0x00, 0x00,  // IFLA_MTU
        0x08, 0x00, 0x3f, 0x00, 0x00, 0x00, 0x01, 0x00,  // type 63, not known here
        0x08, 0x00, 0x40, 0x00, 0x00, 0x00, 0x01, 0x00,  // type 64, not known here
        0x08, 0x00, 0x42, 0x00, 0x00, 0x00, 0x00, 0x00,  // type 66, not known here
        0x08, 0x00, 0x0a, 0x00, 0x04, 0x00, 0x00, 0x00,  // IFLA_MASTER
        0x06, 0x00, 0x44, 0x00, 0x00, 0x00, 0x00, 0x00,  // type 68, not known here
        0x06, 0x00, 0x45, 0x00, 0x00, 0x00, 0x00, 0x00,  // type 69, not known here
        0x0a, 0x00, 0x01, 0x00, 0x02, 0x00, 0x00, 0x00, 0x00, 0x02, 0x00, 0x00,  // IFLA_ADDRESS
        0x10, 0x00, 0x12, 0x00,  // IFLA_LINKINFO, of which the part about the bridge is left out
        0x09, 0x00, 0x01, 0x00, 0x76, 0x65, 0x74, 0x68, 0x00, 0x00, 0x00, 0x00,  // IFLA_INFO_KIND
        0x08, 0x00, 0x25, 0x00, 0x00, 0x00, 0x00, 0x00,  // IFLA_LINK_NETNSID
        0x08, 0x00, 0x05, 0x00, 0x02, 0x00, 0x00, 0x00,  // IFLA_LINK
        0x04, 0x00, 0x41, 0x80,  // type 65, not known here
    ]

    /// A vxlan device: VNI 42, UDP port 8472, sending from 10.1.2.3, filled by others.
    static let vxlan: [UInt8] = [
        0x00,  // AF_UNSPEC
        0x00,  // padding
        0x01, 0x00,  // ifi_type: ARPHRD_ETHER
        0x06, 0x00, 0x00, 0x00,  // ifi_index
        0x02, 0x10, 0x00, 0x00,  // ifi_flags
        0x00, 0x00, 0x00, 0x00,  // ifi_change
        0x08, 0x00, 0x03, 0x00, 0x76, 0x78, 0x30, 0x00,  // IFLA_IFNAME
        0x05, 0x00, 0x10, 0x00, 0x02, 0x00, 0x00, 0x00,  // IFLA_OPERSTATE
        0x05, 0x00, 0x43, 0x00, 0x00, 0x00, 0x00, 0x00,  // type 67, not known here
        0x08, 0x00, 0x04, 0x00, 0xdc, 0x05, 0x00, 0x00,  // IFLA_MTU
        0x08, 0x00, 0x3f, 0x00, 0x00, 0x00, 0x01, 0x00,  // type 63, not known here
        0x08, 0x00, 0x40, 0x00, 0x00, 0x00, 0x01, 0x00,  // type 64, not known here
        0x08, 0x00, 0x42, 0x00, 0x00, 0x00, 0x00, 0x00,  // type 66, not known here
        0x06, 0x00, 0x44, 0x00, 0x40, 0x00, 0x00, 0x00,  // type 68, not known here
        0x06, 0x00, 0x45, 0x00, 0x00, 0x00, 0x00, 0x00,  // type 69, not known here
        0x0a, 0x00, 0x01, 0x00, 0x66, 0xbe, 0xcd, 0xbe, 0x4d, 0x26, 0x00, 0x00,  // IFLA_ADDRESS
        0x58, 0x00, 0x12, 0x00,  // IFLA_LINKINFO
        0x0a, 0x00, 0x01, 0x00, 0x76, 0x78, 0x6c, 0x61, 0x6e, 0x00, 0x00, 0x00,  // IFLA_INFO_KIND
        0x48, 0x00, 0x02, 0x00,  // IFLA_INFO_DATA, of which only a part is given here
        0x08, 0x00, 0x01, 0x00, 0x2a, 0x00, 0x00, 0x00,  // IFLA_VXLAN_ID
        0x08, 0x00, 0x04, 0x00, 0x0a, 0x01, 0x02, 0x03,  // IFLA_VXLAN_LOCAL
        0x05, 0x00, 0x05, 0x00, 0x00, 0x00, 0x00, 0x00,  // IFLA_VXLAN_TTL
        0x08, 0x00, 0x20, 0x00, 0x00, 0x00, 0x00, 0x00,  // type 32, not known here
        0x05, 0x00, 0x07, 0x00, 0x00, 0x00, 0x00, 0x00,  // IFLA_VXLAN_LEARNING
        0x05, 0x00, 0x19, 0x00, 0x00, 0x00, 0x00, 0x00,  // IFLA_VXLAN_COLLECT_METADATA
        0x06, 0x00, 0x0f, 0x00, 0x21, 0x18, 0x00, 0x00,  // IFLA_VXLAN_PORT
        0x0c, 0x00, 0x21, 0x00, 0xf7, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0xff,  // type 33, not known here
        0x04, 0x00, 0x41, 0x80,  // type 65, not known here
    ]

    static func read(_ bytes: [UInt8]) throws(NetlinkError) -> LinkMessage { try LinkMessage(body: bytes.rawBytes) }

    /// An attribute, padded.
    static func attribute(_ type: UInt8, _ value: [UInt8]) -> [UInt8] {
        [UInt8(4 + value.count), 0, type, 0] + value + [UInt8](repeating: 0, count: (4 - value.count % 4) % 4)
    }

    @Test func readsAVeth() throws {
        let link = try Self.read(Self.veth)
        #expect(link.index == 5 && link.name == "host0" && link.kind == "veth" && link.hardwareType == 1)
        #expect(link.hardwareAddress?.description == "02:00:00:00:00:02")
        #expect(link.peer == 2 && link.peerNamespace == 0 && link.master == 4)
        #expect(link.maximumTransmissionUnit == 1500)
        #expect(!link.isUp && !link.isLoopback)
        #expect(link.vxlan == nil && link.vlanIdentifier == nil && link.movedTo == nil && link.drops == nil)
    }

    @Test func readsAVxlanDevice() throws {
        let link = try Self.read(Self.vxlan)
        #expect(link.name == "vx0" && link.kind == "vxlan" && link.peer == nil)
        let vxlan = try #require(link.vxlan)
        #expect(vxlan.networkIdentifier == 42 && vxlan.port == 8472 && vxlan.local?.description == "10.1.2.3")
        #expect(vxlan.remote == nil && vxlan.through == nil && !vxlan.learns && !vxlan.collectsMetadata)
    }

    @Test func readsTheRestOfAVxlanDevice() throws {
        let data =
            Self.attribute(1, [0, 0, 0, 0])  // IFLA_VXLAN_ID
            + Self.attribute(3, [9, 0, 0, 0])  // IFLA_VXLAN_LINK
            + Self.attribute(7, [1])  // IFLA_VXLAN_LEARNING
            + Self.attribute(16, [0x20, 1] + [UInt8](repeating: 0, count: 13) + [7])  // IFLA_VXLAN_GROUP6
            + Self.attribute(25, [1])  // IFLA_VXLAN_COLLECT_METADATA
        let information = Self.attribute(1, Array("vxlan\0".utf8)) + Self.attribute(2, data)
        let vxlan = try #require(try Self.read(Self.bare + Self.attribute(18, information)).vxlan)
        #expect(vxlan.through == 9 && vxlan.learns && vxlan.collectsMetadata)
        #expect(vxlan.remote?.description == "2001::7")
    }

    /// A header and no attributes: interface 3, up.
    static let bare: [UInt8] = [0, 0, 1, 0, 3, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]

    @Test func readsWhereItWent() throws {
        // IFLA_NEW_NETNSID and IFLA_NEW_IFINDEX.
        let link = try Self.read(Self.bare + Self.attribute(45, [4, 0, 0, 0]) + Self.attribute(49, [7, 0, 0, 0]))
        #expect(link.movedTo == LinkMessage.Moved(namespace: 4, index: 7))
        // NETNSA_NSID_NOT_ASSIGNED: nobody knows where.
        #expect(try Self.read(Self.bare + Self.attribute(45, [255, 255, 255, 255])).movedTo == nil)
    }

    @Test(arguments: [("vlan", [100, 0]), ("vrf", [10, 1, 0, 0])] as [(String, [UInt8])])
    func readsWhatAKindHas(kind: String, value: [UInt8]) throws {
        // IFLA_VLAN_ID and IFLA_VRF_TABLE are both 1.
        let information = Self.attribute(1, Array(kind.utf8)) + Self.attribute(2, Self.attribute(1, value))
        let link = try Self.read(Self.bare + Self.attribute(18, information))
        #expect(link.vlanIdentifier == (kind == "vlan" ? 100 : nil))
        #expect(link.routingTable == (kind == "vrf" ? 266 : nil))
        #expect(link.isUp)
    }

    @Test func readsDrops() throws {
        var counters = [UInt8](repeating: 0, count: 192)
        counters[48] = 5
        counters[56] = 6
        #expect(
            try Self.read(Self.bare + Self.attribute(23, counters)).drops == LinkDrops(received: 5, sent: 6)
        )
        // Fewer counters than any kernel gives say nothing.
        #expect(try Self.read(Self.bare + Self.attribute(23, Array(counters.prefix(63)))).drops == nil)
    }
}
