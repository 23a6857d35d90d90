import Testing
import Wire

@Suite("IPv6 header") struct IPv6HeaderTests {
    static let packet: [UInt8] = [
        0x6f, 0xf1, 0x23, 0x45,  // version 6, traffic class, flow label
        0x05, 0xb4, 0x11, 0x40,  // 1460 bytes, UDP, 64 hops
        0xfd, 0x00, 0, 0, 0, 0, 0, 0x01, 0, 0, 0, 0, 0, 0, 0, 0x02,  // fd00::1:0:0:0:2
        0xfd, 0x00, 0, 0, 0, 0, 0, 0x03, 0, 0, 0, 0, 0, 0, 0, 0x04,  // fd00::3:0:0:0:4
    ]

    static func refused(_ bytes: some Collection<UInt8>) -> WireError? {
        refusal(of: bytes) { bytes throws(WireError) in _ = try IPv6Header(bytes) }
    }

    @Test func readsAddressesLengthAndWhatComesNext() throws {
        let bytes = Self.packet
        let header = try IPv6Header(bytes.rawBytes)
        let (source, destination) = (header.source, header.destination)
        let read = (header.payloadLength, header.nextHeader)
        #expect(source.high == 0xfd00_0000_0000_0001)
        #expect(source.low == 2)
        #expect(destination.high == 0xfd00_0000_0000_0003)
        #expect(destination.low == 4)
        #expect(read.0 == 1460)
        #expect(read.1 == 17)
    }

    @Test(arguments: 0..<40) func saysWhenBytesAreMissing(length: Int) {
        #expect(Self.refused(Self.packet.prefix(length)) == .truncated(.ipv6))
    }

    @Test(arguments: 0..<16 as Range<UInt8>) func takesNoVersionButSix(version: UInt8) {
        let error = Self.refused([version << 4] + Self.packet.dropFirst())
        #expect(error == (version == 6 ? nil : .malformed(.ipv6)))
    }
}
