import Testing
import Wire

@Suite("LLC header") struct LLCHeaderTests {
    static let snap: [UInt8] = [
        0xaa, 0xaa, 0x03,  // SNAP, unnumbered
        0x00, 0x00, 0x00,  // EtherTypes
        0x08, 0x00,  // IPv4
    ]

    static let forms: [([UInt8], Int, UInt16?)] = [
        (snap, 8, 0x0800),
        ([0xaa, 0xaa, 0x03, 0x00, 0x00, 0xf8, 0x08, 0x06], 8, 0x0806),  // bridge tunnel
        ([0xaa, 0xaa, 0x03, 0x00, 0x00, 0x0c, 0x20, 0x00], 8, nil),  // Cisco's discovery
        ([0x42, 0x42, 0x03], 3, nil),  // spanning tree
        ([0x06, 0x06, 0x03], 3, 0x0800),  // IP's own access point
        ([0xf0, 0xf0, 0x01, 0x02], 4, nil),  // supervisory, two octets of control
        ([0xff, 0xff, 0x00], 0, nil),  // Novell, no LLC at all
    ]

    static func refused(_ bytes: some Collection<UInt8>) -> WireError? {
        refusal(of: bytes) { bytes throws(WireError) in _ = try LLCHeader(bytes) }
    }

    @Test(arguments: forms) func readsEachForm(bytes: [UInt8], length: Int, etherType: UInt16?) throws {
        let header = try LLCHeader(bytes.rawBytes)
        let read = (header.length, header.etherType)
        #expect(read.0 == length)
        #expect(read.1 == etherType)
    }

    @Test(arguments: 0..<8) func saysWhenBytesAreMissing(length: Int) {
        #expect(Self.refused(Self.snap.prefix(length)) == .truncated(.llc))
    }

    @Test func saysWhenTheSecondOctetOfControlIsMissing() {
        #expect(Self.refused([0xf0, 0xf0, 0x01]) == .truncated(.llc))
    }
}
