import Testing
import Wire

@Suite("ICMPv6 header") struct ICMPv6HeaderTests {
    static let packet: [UInt8] = [
        0x80, 0x00, 0x00, 0x00,  // echo request, checksum
        0x12, 0x34, 0x00, 0x01,  // identifier, sequence number
    ]

    @Test(
        arguments: [
            (1, true, false, nil), (127, true, false, nil), (128, false, false, 0x1234), (129, false, false, 0x1234),
            (132, false, false, nil), (133, false, true, nil), (137, false, true, nil), (138, false, false, nil),
        ] as [(UInt8, Bool, Bool, UInt16?)]
    )
    func tellsTheKindsApart(type: UInt8, isError: Bool, isDiscovery: Bool, identifier: UInt16?) throws {
        let bytes = [type] + Self.packet.dropFirst()
        let header = try ICMPv6Header(bytes.rawBytes)
        let read = (header.length, header.type, header.isError, header.isNeighbourDiscovery, header.identifier)
        let code = header.code
        #expect(read.0 == 8)
        #expect(read.1 == type)
        #expect(read.2 == isError)
        #expect(read.3 == isDiscovery)
        #expect(read.4 == identifier)
        #expect(code == 0)
    }

    @Test(arguments: 0..<8) func saysWhenBytesAreMissing(length: Int) {
        let error = refusal(of: Self.packet.prefix(length)) { bytes throws(WireError) in _ = try ICMPv6Header(bytes) }
        #expect(error == .truncated(.icmpv6))
    }
}
