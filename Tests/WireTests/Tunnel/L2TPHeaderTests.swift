import Testing
import Wire

@Suite("L2TP header") struct L2TPHeaderTests {
    static let complete: [UInt8] = [
        0x4a, 0x02,  // length, sequence and offset are there; version 2
        0x00, 0x20,  // length
        0x00, 0x11, 0x00, 0x22,  // tunnel 17, session 34
        0x00, 0x01, 0x00, 0x02,  // sequence numbers
        0x00, 0x02, 0xaa, 0xbb,  // two bytes of padding
    ]

    /// An Ethernet frame's header and the first bytes of an IPv4 packet.
    static let frame: [UInt8] = [
        0x02, 0, 0, 0, 0, 1, 0x02, 0, 0, 0, 0, 2, 0x08, 0x00, 0x45, 0x00,
    ]

    static func refused(_ bytes: some Collection<UInt8>) -> WireError? {
        refusal(of: bytes) { bytes throws(WireError) in _ = try L2TPHeader(bytes) }
    }

    @Test func readsVersionTwoWithAllItsOptions() throws {
        let bytes = Self.complete
        let header = try L2TPHeader(bytes.rawBytes)
        let read = (header.version, header.length, header.protocolType, header.sessionIdentifier, header.isControl)
        let tunnel = header.tunnelIdentifier
        #expect(read.0 == 2)
        #expect(read.1 == 16)
        #expect(read.2 == 0x880b)
        #expect(read.3 == 34)
        #expect(!read.4)
        #expect(tunnel == 17)
    }

    @Test func readsVersionTwoWithNone() throws {
        let bytes: [UInt8] = [0x00, 0x02, 0x00, 0x11, 0x00, 0x22]
        let header = try L2TPHeader(bytes.rawBytes)
        let read = (header.length, header.sessionIdentifier, header.tunnelIdentifier)
        #expect(read.0 == 6)
        #expect(read.1 == 34)
        #expect(read.2 == 17)
    }

    @Test func knowsControl() throws {
        let bytes: [UInt8] = [0xc8, 0x02, 0x00, 0x0c, 0, 1, 0, 0, 0, 0, 0, 0]
        let header = try L2TPHeader(bytes.rawBytes)
        let read = (header.length, header.isControl, header.protocolType)
        #expect(read.0 == 12)
        #expect(read.1)
        #expect(read.2 == nil)
    }

    @Test(arguments: [0, 4, 8, 12]) func findsTheFrameBehindAnyCookie(cookie: Int) throws {
        let padding = [UInt8](repeating: 0xee, count: cookie)
        let overUDP: [UInt8] = [0x00, 0x03, 0x00, 0x00, 0x00, 0x00, 0x10, 0x00] + padding + Self.frame
        let overIP: [UInt8] = [0x00, 0x00, 0x10, 0x00] + padding + Self.frame
        let first = try L2TPHeader(overUDP.rawBytes)
        let second = try L2TPHeader(afterIP: overIP.rawBytes)
        let read = (first.length, first.protocolType, first.sessionIdentifier, second.length, second.sessionIdentifier)
        #expect(read.0 == 8 + cookie)
        #expect(read.1 == 0x6558)
        #expect(read.2 == 4096)
        #expect(read.3 == 4 + cookie)
        #expect(read.4 == 4096)
    }

    @Test(
        arguments: [
            ([0x86, 0xdd, 0x60, 0x00], 0x6558), ([0x08, 0x06, 0x00, 0x01], 0x6558),
            ([0x81, 0x00, 0x00, 0x07, 0x08, 0x00], 0x6558), ([0x81, 0x00, 0x00, 0x07, 0x00, 0x10], nil),
            ([0x08, 0x00, 0x60, 0x00], nil), ([0x86, 0xdd, 0x45, 0x00], nil), ([0x12, 0x34, 0x45, 0x00], nil),
        ] as [([UInt8], UInt16?)]
    )
    func takesOnlyAFrameThatHoldsTogether(tail: [UInt8], type: UInt16?) throws {
        let bytes = [0x00, 0x00, 0x10, 0x00] + Self.frame.prefix(12) + tail
        let read = try L2TPHeader(afterIP: bytes.rawBytes).protocolType
        #expect(read == type)
    }

    @Test func knowsControlOfVersionThree() throws {
        let overUDP: [UInt8] = [0xc8, 0x03, 0x00, 0x0c, 0, 0, 0, 1, 0, 0, 0, 0]
        let overIP: [UInt8] = [0, 0, 0, 0] + Self.frame
        let first = try L2TPHeader(overUDP.rawBytes)
        let second = try L2TPHeader(afterIP: overIP.rawBytes)
        let read = (first.isControl, second.isControl, first.protocolType, second.protocolType)
        #expect(read.0)
        #expect(read.1)
        #expect(read.2 == nil)
        #expect(read.3 == nil)
    }

    @Test(arguments: 0..<16) func saysWhenBytesAreMissing(length: Int) {
        #expect(Self.refused(Self.complete.prefix(length)) == .truncated(.l2tp))
    }

    @Test func saysWhenBytesOfVersionThreeAreMissing() {
        #expect(Self.refused([0x00, 0x03, 0, 0, 0, 0, 0]) == .truncated(.l2tp))
        #expect(
            refusal(of: [0, 0, 1]) { bytes throws(WireError) in _ = try L2TPHeader(afterIP: bytes) }
                == .truncated(.l2tp)
        )
    }

    @Test(
        arguments: [
            [0x00, 0x01, 0, 0, 0, 0, 0, 0],  // version 1, which is L2F
            [0x40, 0x02, 0x00, 0x07, 0, 0, 0, 0],  // a length shorter than the header
            [0x80, 0x02, 0, 0, 0, 0, 0, 0],  // control without length and sequence
            [0xca, 0x02, 0x00, 0x20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],  // control with an offset
        ] as [[UInt8]]
    )
    func refusesWhatContradictsItself(bytes: [UInt8]) {
        #expect(Self.refused(bytes) == .malformed(.l2tp))
    }
}
