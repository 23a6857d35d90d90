import Testing
import Wire

@Suite("PPPoE header") struct PPPoEHeaderTests {
    static let packet: [UInt8] = [
        0x11, 0x00,  // version and type 1, session data
        0x12, 0x34,  // session
        0x00, 0x2a,  // 42 bytes follow
    ]

    @Test func readsTheSession() throws {
        let bytes = Self.packet
        let header = try PPPoEHeader(bytes.rawBytes)
        let read = (header.length, header.isSession, header.sessionIdentifier, header.payloadLength)
        #expect(read.0 == 6)
        #expect(read.1)
        #expect(read.2 == 0x1234)
        #expect(read.3 == 42)
    }

    @Test func knowsDiscovery() throws {
        let bytes: [UInt8] = [0x11, 0x09, 0x00, 0x00, 0x00, 0x0c]
        let read = try PPPoEHeader(bytes.rawBytes).isSession
        #expect(!read)
    }

    @Test(arguments: 0..<6) func saysWhenBytesAreMissing(length: Int) {
        let error = refusal(of: Self.packet.prefix(length)) { bytes throws(WireError) in _ = try PPPoEHeader(bytes) }
        #expect(error == .truncated(.pppoe))
    }

    @Test(arguments: [0x21, 0x12, 0x00] as [UInt8]) func refusesAnotherVersionOrType(first: UInt8) {
        let error = refusal(of: [first] + Self.packet.dropFirst()) { bytes throws(WireError) in
            _ = try PPPoEHeader(bytes)
        }
        #expect(error == .malformed(.pppoe))
    }
}
