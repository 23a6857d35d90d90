import Testing

@testable import Netlink

@Suite("Namespace identifier message") struct NamespaceIdentifierMessageTests {
    /// Another namespace has the number 0 here.
    static let number: [UInt8] = [
        0x00,  // rtgen_family
        0x00, 0x00, 0x00,  // padding
        0x08, 0x00, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00,  // NETNSA_NSID
    ]

    static func read(_ bytes: [UInt8]) throws(NetlinkError) -> Int32? {
        try NamespaceIdentifierMessage(body: bytes.rawBytes).identifier
    }

    @Test func readsTheNumber() throws {
        #expect(try Self.read(Self.number) == 0)
    }

    @Test func notAssignedIsNone() throws {
        #expect(try Self.read(Array(Self.number.prefix(8)) + [255, 255, 255, 255]) == nil)
        #expect(try Self.read([0, 0, 0, 0]) == nil)
    }
}
