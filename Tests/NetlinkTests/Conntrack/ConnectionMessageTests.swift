import Addressing
import Testing

@testable import Netlink

@Suite("Connection message") struct ConnectionMessageTests {
    /// To 127.0.0.1:9000, which is sent on to 127.0.0.1:8080.
    static let translated: [UInt8] = [
        0x02,  // nfgen_family
        0x00,  // version
        0x00, 0x00,  // res_id
        0x34, 0x00, 0x01, 0x80,  // CTA_TUPLE_ORIG
        0x14, 0x00, 0x01, 0x80,  // CTA_TUPLE_IP
        0x08, 0x00, 0x01, 0x00, 0x7f, 0x00, 0x00, 0x01,  // CTA_IP_V4_SRC
        0x08, 0x00, 0x02, 0x00, 0x7f, 0x00, 0x00, 0x01,  // CTA_IP_V4_DST
        0x1c, 0x00, 0x02, 0x80,  // CTA_TUPLE_PROTO
        0x05, 0x00, 0x01, 0x00, 0x06, 0x00, 0x00, 0x00,  // CTA_PROTO_NUM
        0x06, 0x00, 0x02, 0x00, 0xaa, 0x76, 0x00, 0x00,  // CTA_PROTO_SRC_PORT
        0x06, 0x00, 0x03, 0x00, 0x23, 0x28, 0x00, 0x00,  // CTA_PROTO_DST_PORT
        0x34, 0x00, 0x02, 0x80,  // CTA_TUPLE_REPLY
        0x14, 0x00, 0x01, 0x80,  // CTA_TUPLE_IP
        0x08, 0x00, 0x01, 0x00, 0x7f, 0x00, 0x00, 0x01,  // CTA_IP_V4_SRC
        0x08, 0x00, 0x02, 0x00, 0x7f, 0x00, 0x00, 0x01,  // CTA_IP_V4_DST
        0x1c, 0x00, 0x02, 0x80,  // CTA_TUPLE_PROTO
        0x05, 0x00, 0x01, 0x00, 0x06, 0x00, 0x00, 0x00,  // CTA_PROTO_NUM
        0x06, 0x00, 0x02, 0x00, 0x1f, 0x90, 0x00, 0x00,  // CTA_PROTO_SRC_PORT
        0x06, 0x00, 0x03, 0x00, 0xaa, 0x76, 0x00, 0x00,  // CTA_PROTO_DST_PORT
        0x08, 0x00, 0x03, 0x00, 0x00, 0x00, 0x01, 0xae,  // CTA_STATUS
        0x08, 0x00, 0x0c, 0x00, 0xc6, 0x2e, 0xfb, 0xdb,  // CTA_ID
        0x08, 0x00, 0x07, 0x00, 0x00, 0x06, 0x97, 0x7f,  // CTA_TIMEOUT
    ]

    /// An echo request of ::1 to itself, as an event of its end has it: no status.
    static let echo: [UInt8] = {
        let one = [UInt8](repeating: 0, count: 15) + [1]
        let addresses: [UInt8] = [0x14, 0, 3, 0] + one + [0x14, 0, 4, 0] + one  // CTA_IP_V6_SRC, CTA_IP_V6_DST
        let tuple = { (type: UInt8) -> [UInt8] in
            [0x2c, 0, 1, 0x80] + addresses + [
                0x24, 0x00, 0x02, 0x80,  // CTA_TUPLE_PROTO
                0x05, 0x00, 0x01, 0x00, 0x3a, 0x00, 0x00, 0x00,  // CTA_PROTO_NUM: ICMPv6
                0x06, 0x00, 0x07, 0x00, 0x12, 0x34, 0x00, 0x00,  // CTA_PROTO_ICMPV6_ID
                0x05, 0x00, 0x08, 0x00, type, 0x00, 0x00, 0x00,  // CTA_PROTO_ICMPV6_TYPE
                0x05, 0x00, 0x09, 0x00, 0x00, 0x00, 0x00, 0x00,  // CTA_PROTO_ICMPV6_CODE
            ]
        }
        let header: [UInt8] = [
            0x0a,  // nfgen_family
            0x00,  // version
            0x00, 0x00,  // res_id
        ]
        let zone: [UInt8] = [0x06, 0, 18, 0, 0x00, 0x07, 0, 0]  // CTA_ZONE
        // CTA_TUPLE_ORIG, CTA_TUPLE_REPLY.
        return header + [0x54, 0, 1, 0x80] + tuple(128) + [0x54, 0, 2, 0x80] + tuple(129) + zone
    }()

    static func read(_ bytes: [UInt8]) throws(NetlinkError) -> ConnectionMessage {
        try ConnectionMessage(body: bytes.rawBytes)
    }

    @Test func readsBothDirections() throws {
        let connection = try Self.read(Self.translated)
        #expect(connection.original.protocolNumber == 6 && connection.original.source.description == "127.0.0.1")
        #expect(connection.original.sourcePort == 0xaa76 && connection.original.destinationPort == 9000)
        #expect(connection.reply.sourcePort == 8080 && connection.reply.destinationPort == 0xaa76)
        #expect(connection.isTranslated && connection.original.query == nil)
    }

    @Test func readsHowItGoes() throws {
        let connection = try Self.read(Self.translated)
        let status = try #require(connection.status)
        #expect(status.contains([.destinationTranslated, .seenReply, .assured, .confirmed]))
        #expect(status.isDisjoint(with: [.sourceTranslated, .dying]))
        #expect(connection.zone == 0 && connection.identifier == 0xc62e_fbdb && connection.timeout == 0x6977f)
    }

    @Test func readsAnEcho() throws {
        let connection = try Self.read(Self.echo)
        #expect(connection.original.source.description == "::1" && connection.original.protocolNumber == 58)
        #expect(connection.original.query == .init(identifier: 0x1234, type: 128, code: 0))
        #expect(connection.reply.query?.type == 129)
        #expect(connection.status == nil && connection.timeout == nil && connection.zone == 7)
        #expect(!connection.isTranslated)
    }

    @Test(arguments: [4, 4 + 52, 4 + 52 + 52 - 1]) func withoutBothDirectionsIsRefused(length: Int) {
        #expect(throws: NetlinkError.malformed(operation: "read a connection")) {
            _ = try Self.read(Array(Self.translated.prefix(length)))
        }
    }
}
