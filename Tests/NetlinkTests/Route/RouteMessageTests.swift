import Addressing
import Testing

@testable import Netlink

@Suite("Route message") struct RouteMessageTests {
    /// 10.5.0.0/16 through 10.1.0.9.
    static let gateway: [UInt8] = [
        0x02,  // family
        0x10,  // rtm_dst_len
        0x00,  // rtm_src_len
        0x00,  // rtm_tos
        0xfe,  // rtm_table
        0x03,  // rtm_protocol
        0x00,  // rtm_scope
        0x01,  // rtm_type
        0x00, 0x00, 0x00, 0x00,  // rtm_flags
        0x08, 0x00, 0x0f, 0x00, 0xfe, 0x00, 0x00, 0x00,  // RTA_TABLE
        0x08, 0x00, 0x01, 0x00, 0x0a, 0x05, 0x00, 0x00,  // RTA_DST
        0x08, 0x00, 0x05, 0x00, 0x0a, 0x01, 0x00, 0x09,  // RTA_GATEWAY
        0x08, 0x00, 0x04, 0x00, 0x04, 0x00, 0x00, 0x00,  // RTA_OIF
    ]

    /// fd05::/64 spread over two gateways.
    static let spread: [UInt8] = [
        0x0a,  // family
        0x40,  // rtm_dst_len
        0x00,  // rtm_src_len
        0x00,  // rtm_tos
        0xfe,  // rtm_table
        0x03,  // rtm_protocol
        0x00,  // rtm_scope
        0x01,  // rtm_type
        0x00, 0x00, 0x00, 0x00,  // rtm_flags
        0x08, 0x00, 0x0f, 0x00, 0xfe, 0x00, 0x00, 0x00,  // RTA_TABLE
        0x14, 0x00, 0x01, 0x00, 0xfd, 0x05, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
        0x00, 0x00,  // RTA_DST
        0x08, 0x00, 0x06, 0x00, 0x00, 0x04, 0x00, 0x00,  // RTA_PRIORITY
        0x3c, 0x00, 0x09, 0x00,  // RTA_MULTIPATH
        0x1c, 0x00, 0x00, 0x00, 0x04, 0x00, 0x00, 0x00, 0x14, 0x00, 0x05, 0x00, 0xfd, 0x00, 0x00, 0x00,
        0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x08, 0x1c, 0x00, 0x00, 0x00,
        0x04, 0x00, 0x00, 0x00, 0x14, 0x00, 0x05, 0x00, 0xfd, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
        0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x09,
        0x05, 0x00, 0x14, 0x00, 0x00, 0x00, 0x00, 0x00,  // RTA_PREF
    ]

    static func read(_ bytes: [UInt8]) throws(NetlinkError) -> RouteMessage? {
        try RouteMessage(body: bytes.rawBytes)
    }

    @Test func readsAGateway() throws {
        let route = try #require(try Self.read(Self.gateway))
        #expect(route.destination.description == "10.5.0.0" && route.prefixLength == 16)
        #expect(route.table == 254 && route.kind == 1 && route.origin == 3)
        #expect(route.hops.map { $0.gateway?.description } == ["10.1.0.9"] && route.hops.first?.index == 4)
    }

    @Test func readsSeveralHops() throws {
        let route = try #require(try Self.read(Self.spread))
        #expect(route.destination.description == "fd05::" && route.prefixLength == 64)
        #expect(route.hops.map { $0.gateway?.description } == ["fd00::8", "fd00::9"])
        #expect(route.hops.map(\.index) == [4, 4])
    }

    @Test func withoutADestinationIsTheDefault() throws {
        let route = try #require(try Self.read([2, 0, 0, 0, 0xfe, 3, 0, 1, 0, 0, 0, 0]))
        #expect(route.destination.description == "0.0.0.0" && route.prefixLength == 0 && route.hops.isEmpty)
    }

    @Test func aGatewayMayBeOfTheOtherFamily() throws {
        let via: [UInt8] = [
            0x16, 0x00, 0x12, 0x00,  // RTA_VIA
            0x0a, 0x00,  // AF_INET6
            0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5,
        ]
        let route = try #require(try Self.read(Array(Self.gateway.prefix(12)) + via))
        #expect(route.hops.map { $0.gateway?.description } == ["fe80::5"])
    }

    @Test func otherFamiliesAreNotRead() throws {
        var bytes = Self.gateway
        bytes[0] = 28  // AF_MPLS
        #expect(try Self.read(bytes) == nil)
    }

    @Test(arguments: [0, 7, 29, 255] as [UInt8]) func aHopOfALengthThatCannotBeIsRefused(length: UInt8) throws {
        var bytes = Self.spread
        // The first hop's length: after the header, table, destination, priority, and the attribute's own header.
        let place = 12 + 8 + 20 + 8 + 4
        try #require(bytes[place] == 0x1c)
        bytes[place] = length
        #expect(throws: NetlinkError.malformed(operation: "read a route")) { _ = try Self.read(bytes) }
    }
}
