import Addressing
import Testing
import Wire

@Suite("Teredo header") struct TeredoHeaderTests {
    static let authentication: [UInt8] = [
        0x00, 0x01,  // authentication
        0x01, 0x02,  // identifier of one byte, value of two
        0x41, 0x42, 0x43,  // both
        0, 1, 2, 3, 4, 5, 6, 7,  // nonce
        0x00,  // confirmation
    ]

    static let origin: [UInt8] = [
        0x00, 0x00,  // origin indication
        0xf3, 0xf6,  // port 3081, inverted
        0x3f, 0x57, 0xfe, 0xfe,  // 192.168.1.1, inverted
    ]

    /// The start of an IPv6 packet.
    static let packet: [UInt8] = [0x60, 0x00, 0x00, 0x00]

    static let complete = authentication + origin + packet

    static func refused(_ bytes: some Collection<UInt8>) -> WireError? {
        refusal(of: bytes) { bytes throws(WireError) in _ = try TeredoHeader(bytes) }
    }

    static func read(_ bytes: [UInt8]) throws -> (length: Int, isAuthenticated: Bool, port: UInt16?, text: String?) {
        let header = try TeredoHeader(bytes.rawBytes)
        let origin = header.origin
        return (header.length, header.isAuthenticated, origin?.port, origin?.address.description)
    }

    @Test func isOftenEmpty() throws {
        let read = try Self.read(Self.packet)
        #expect(read.length == 0)
        #expect(!read.isAuthenticated)
        #expect(read.port == nil)
    }

    @Test func readsTheOriginBehindTheAuthentication() throws {
        let read = try Self.read(Self.complete)
        #expect(read.length == 24)
        #expect(read.isAuthenticated)
        #expect(read.port == 3081)
        #expect(read.text == "192.168.1.1")
    }

    @Test func readsEitherAlone() throws {
        let authenticated = try Self.read(Self.authentication + Self.packet)
        #expect(authenticated.length == 16)
        #expect(authenticated.port == nil)
        let original = try Self.read(Self.origin + Self.packet)
        #expect(original.length == 8)
        #expect(!original.isAuthenticated)
        #expect(original.port == 3081)
    }

    @Test(arguments: 0..<25) func saysWhenBytesAreMissing(length: Int) {
        #expect(Self.refused(Self.complete.prefix(length)) == .truncated(.teredo))
    }

    @Test func refusesWhatCarriesNoIPv6() {
        #expect(Self.refused([0x45, 0, 0, 0]) == .malformed(.teredo))
        #expect(Self.refused(Self.origin + [0x45]) == .malformed(.teredo))
        #expect(Self.refused(Self.origin + Self.origin + Self.packet) == .malformed(.teredo))
    }
}
