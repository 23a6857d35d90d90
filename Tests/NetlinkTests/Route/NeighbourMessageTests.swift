import Addressing
import Testing

@testable import Netlink

@Suite("Neighbour message") struct NeighbourMessageTests {
    /// 10.1.0.9 is at 02:00:00:00:00:0c, for good.
    static let neighbour: [UInt8] = [
        0x02,  // family
        0x00, 0x00, 0x00,  // padding
        0x04, 0x00, 0x00, 0x00,  // ndm_ifindex
        0x80, 0x00,  // ndm_state
        0x00,  // ndm_flags
        0x01,  // ndm_type
        0x08, 0x00, 0x01, 0x00, 0x0a, 0x01, 0x00, 0x09,  // NDA_DST
        0x0a, 0x00, 0x02, 0x00, 0x02, 0x00, 0x00, 0x00, 0x00, 0x0c, 0x00, 0x00,  // NDA_LLADDR
        0x08, 0x00, 0x04, 0x00, 0x00, 0x00, 0x00, 0x00,  // NDA_PROBES
    ]

    /// In a bridge's table: the port's own address.
    static let port: [UInt8] = [
        0x07,  // family
        0x00, 0x00, 0x00,  // padding
        0x05, 0x00, 0x00, 0x00,  // ndm_ifindex
        0x80, 0x00,  // ndm_state
        0x00,  // ndm_flags
        0x00,  // ndm_type
        0x0a, 0x00, 0x02, 0x00, 0x02, 0x00, 0x00, 0x00, 0x00, 0x02, 0x00, 0x00,  // NDA_LLADDR
        0x08, 0x00, 0x09, 0x00, 0x04, 0x00, 0x00, 0x00,  // NDA_MASTER
        0x08, 0x00, 0x0f, 0x00, 0x00, 0x00, 0x00, 0x00,  // NDA_FLAGS_EXT
    ]

    /// In a vxlan device's table: behind the VTEP 10.1.2.4.
    static let remote: [UInt8] = [
        0x07,  // family
        0x00, 0x00, 0x00,  // padding
        0x06, 0x00, 0x00, 0x00,  // ndm_ifindex
        0xc0, 0x00,  // ndm_state
        0x02,  // ndm_flags
        0x01,  // ndm_type
        0x0a, 0x00, 0x02, 0x00, 0x02, 0x00, 0x00, 0x00, 0x00, 0x0b, 0x00, 0x00,  // NDA_LLADDR
        0x08, 0x00, 0x01, 0x00, 0x0a, 0x01, 0x02, 0x04,  // NDA_DST
    ]

    static func read(_ bytes: [UInt8]) throws(NetlinkError) -> NeighbourMessage {
        try NeighbourMessage(body: bytes.rawBytes)
    }

    @Test func readsANeighbour() throws {
        let message = try Self.read(Self.neighbour)
        #expect(message.index == 4 && !message.isForwarding && message.isValid && message.isPermanent)
        #expect(message.destination?.description == "10.1.0.9")
        #expect(message.hardwareAddress?.description == "02:00:00:00:00:0c")
    }

    @Test func readsABridgesPort() throws {
        let message = try Self.read(Self.port)
        #expect(message.isForwarding && message.index == 5 && message.master == 4 && message.destination == nil)
        #expect(message.hardwareAddress?.description == "02:00:00:00:00:02")
    }

    @Test func readsARemoteEnd() throws {
        let message = try Self.read(Self.remote)
        #expect(message.isForwarding && message.index == 6 && message.destination?.description == "10.1.2.4")
        #expect(message.networkIdentifier == nil && message.port == nil && message.vlanIdentifier == nil)
    }

    @Test func readsWhereElseATunnelGoes() throws {
        let message = try Self.read(
            Self.remote + [
                0x06, 0x00, 0x05, 0x00, 0x0a, 0x00, 0x00, 0x00,  // NDA_VLAN
                0x06, 0x00, 0x06, 0x00, 0x12, 0xb5, 0x00, 0x00,  // NDA_PORT, big-endian
                0x08, 0x00, 0x07, 0x00, 0x2b, 0x00, 0x00, 0x00,  // NDA_VNI
                0x08, 0x00, 0x08, 0x00, 0x03, 0x00, 0x00, 0x00,  // NDA_IFINDEX
                0x08, 0x00, 0x0a, 0x00, 0x02, 0x00, 0x00, 0x00,  // NDA_LINK_NETNSID
                0x08, 0x00, 0x0b, 0x00, 0x2c, 0x00, 0x00, 0x00,  // NDA_SRC_VNI
            ]
        )
        #expect(message.vlanIdentifier == 10 && message.port == 4789 && message.networkIdentifier == 43)
        #expect(message.through == 3 && message.throughNamespace == 2 && message.sourceNetworkIdentifier == 44)
    }

    @Test(
        arguments: [(0x01, false), (0x02, true), (0x04, true), (0x20, false), (0x40, true), (0x80, true)]
            as [(UInt8, Bool)]
    )
    func holdsInSomeStatesOnly(state: UInt8, isValid: Bool) throws {
        var bytes = Self.neighbour
        bytes[8] = state
        #expect(try Self.read(bytes).isValid == isValid)
    }
}
