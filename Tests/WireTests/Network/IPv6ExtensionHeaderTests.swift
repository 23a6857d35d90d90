import Testing
import Wire

@Suite("IPv6 extension header") struct IPv6ExtensionHeaderTests {
    static let packet: [UInt8] = [
        0x3a, 0x01,  // ICMPv6 next, two words of eight
        0x05, 0x02, 0x00, 0x00,  // router alert
        0x01, 0x08, 0, 0, 0, 0, 0, 0, 0, 0,  // padding
    ]

    @Test func readsLengthAndWhatComesNext() throws {
        let bytes = Self.packet
        let header = try IPv6ExtensionHeader(bytes.rawBytes, layer: .hopByHop)
        let read = (header.length, header.nextHeader)
        #expect(read.0 == 16)
        #expect(read.1 == 58)
    }

    @Test(arguments: 0..<16) func saysWhenBytesAreMissingAndOfWhich(length: Int) {
        let error = refusal(of: Self.packet.prefix(length)) { bytes throws(WireError) in
            _ = try IPv6ExtensionHeader(bytes, layer: .destination)
        }
        #expect(error == .truncated(.destination))
    }
}
