import Testing
import Wire

@Suite("Geneve header") struct GeneveHeaderTests {
    static let packet: [UInt8] = [
        0x02, 0x40,  // version 0, two words of options; one of them is critical
        0x65, 0x58,  // Ethernet
        0x00, 0x30, 0x39, 0x00,  // VNI 12345, reserved
        0x01, 0x02, 0x80, 0x01, 0xde, 0xad, 0xbe, 0xef,  // option class, critical type, one word of data
    ]

    static func refused(_ bytes: some Collection<UInt8>) -> WireError? {
        refusal(of: bytes) { bytes throws(WireError) in _ = try GeneveHeader(bytes) }
    }

    @Test func readsNetworkAndStepsOverOptions() throws {
        let bytes = Self.packet
        let header = try GeneveHeader(bytes.rawBytes)
        let read = (header.length, header.networkIdentifier, header.protocolType)
        #expect(read.0 == 16)
        #expect(read.1 == 12345)
        #expect(read.2 == 0x6558)
    }

    @Test func tellsControlFromCritical() throws {
        let critical = Self.packet
        let control: [UInt8] = [0x00, 0x80, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00]
        let first = try GeneveHeader(critical.rawBytes)
        let second = try GeneveHeader(control.rawBytes)
        let read = (first.isControl, first.hasCriticalOptions, second.isControl, second.hasCriticalOptions)
        #expect(!read.0)
        #expect(read.1)
        #expect(read.2)
        #expect(!read.3)
    }

    @Test(arguments: 0..<16) func saysWhenBytesAreMissing(length: Int) {
        #expect(Self.refused(Self.packet.prefix(length)) == .truncated(.geneve))
    }

    @Test(arguments: [0x42, 0x82, 0xc2] as [UInt8]) func refusesAnotherVersion(first: UInt8) {
        #expect(Self.refused([first] + Self.packet.dropFirst()) == .malformed(.geneve))
    }
}
