import Addressing
import Testing

@testable import Netlink

@Suite("Address message") struct AddressMessageTests {
    /// 10.1.0.1/16 on interface 4.
    static let ipv4: [UInt8] = [
        0x02,  // family
        0x10,  // ifa_prefixlen
        0x80,  // ifa_flags
        0x00,  // ifa_scope
        0x04, 0x00, 0x00, 0x00,  // ifa_index
        0x08, 0x00, 0x01, 0x00, 0x0a, 0x01, 0x00, 0x01,  // IFA_ADDRESS
        0x08, 0x00, 0x02, 0x00, 0x0a, 0x01, 0x00, 0x01,  // IFA_LOCAL
        0x08, 0x00, 0x03, 0x00, 0x62, 0x72, 0x30, 0x00,  // IFA_LABEL
        0x08, 0x00, 0x08, 0x00, 0x80, 0x00, 0x00, 0x00,  // IFA_FLAGS
    ]

    /// 10.2.0.1 with 10.2.0.9 at the other end.
    static let peer: [UInt8] = [
        0x02,  // family
        0x20,  // ifa_prefixlen
        0x80,  // ifa_flags
        0x00,  // ifa_scope
        0x04, 0x00, 0x00, 0x00,  // ifa_index
        0x08, 0x00, 0x01, 0x00, 0x0a, 0x02, 0x00, 0x09,  // IFA_ADDRESS
        0x08, 0x00, 0x02, 0x00, 0x0a, 0x02, 0x00, 0x01,  // IFA_LOCAL
        0x08, 0x00, 0x03, 0x00, 0x62, 0x72, 0x30, 0x00,  // IFA_LABEL
        0x08, 0x00, 0x08, 0x00, 0x80, 0x00, 0x00, 0x00,  // IFA_FLAGS
    ]

    /// fd00::1/64, on the bridge.
    static let ipv6: [UInt8] = [
        0x0a,  // family
        0x40,  // ifa_prefixlen
        0x82,  // ifa_flags
        0x00,  // ifa_scope
        0x04, 0x00, 0x00, 0x00,  // ifa_index
        0x14, 0x00, 0x01, 0x00, 0xfd, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
        0x00, 0x01,  // IFA_ADDRESS
        0x08, 0x00, 0x08, 0x00, 0x82, 0x00, 0x00, 0x00,  // IFA_FLAGS
    ]

    static func read(_ bytes: [UInt8]) throws(NetlinkError) -> AddressMessage {
        try AddressMessage(body: bytes.rawBytes)
    }

    @Test func readsIPv4() throws {
        let message = try Self.read(Self.ipv4)
        #expect(message.address.description == "10.1.0.1" && message.prefixLength == 16 && message.index == 4)
        #expect(message.peer == nil && message.scope == 0 && !message.isTentative && !message.isDuplicate)
    }

    @Test func isTheOwnEndOfAPointToPointLink() throws {
        let message = try Self.read(Self.peer)
        #expect(message.address.description == "10.2.0.1" && message.peer?.description == "10.2.0.9")
    }

    @Test func readsIPv6() throws {
        let message = try Self.read(Self.ipv6)
        #expect(message.address.description == "fd00::1" && message.prefixLength == 64 && message.peer == nil)
    }

    @Test func flagsBeyondTheHeadersEightComeFromTheAttribute() throws {
        // IFA_F_TENTATIVE and IFA_F_DADFAILED, and one that the header has no room for.
        let message = try Self.read(Array(Self.ipv6.dropLast(8)) + [0x08, 0, 0x08, 0, 0x48, 0x01, 0, 0])
        #expect(message.isTentative && message.isDuplicate && message.flags == 0x148)
    }

    @Test func withoutAnAddressIsRefused() {
        #expect(throws: NetlinkError.malformed(operation: "read an address")) {
            _ = try Self.read(Array(Self.ipv4.prefix(8)))
        }
    }
}
