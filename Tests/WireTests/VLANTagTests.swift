import Testing
import Wire

@Suite("VLAN tag") struct VLANTagTests {
    static let packet: [UInt8] = [
        0xf1, 0x23,  // priority 7, may be dropped, VLAN 291
        0x86, 0xdd,  // IPv6
    ]

    @Test func readsTheVLANWithoutItsPriority() throws {
        let bytes = Self.packet
        let tag = try VLANTag(bytes.rawBytes)
        let read = (tag.identifier, tag.etherType)
        #expect(read.0 == 291)
        #expect(read.1 == 0x86dd)
    }

    @Test(arguments: [(0x0000, 0), (0xe000, 0), (0x0fff, 4095), (0x1001, 1)] as [(UInt16, UInt16)])
    func keepsTwelveBits(word: UInt16, identifier: UInt16) throws {
        let bytes = [UInt8(word >> 8), UInt8(word & 255), 0x08, 0x00]
        let read = try VLANTag(bytes.rawBytes).identifier
        #expect(read == identifier)
    }

    @Test(arguments: 0..<4) func saysWhenBytesAreMissing(length: Int) {
        let error = refusal(of: Self.packet.prefix(length)) { bytes throws(WireError) in _ = try VLANTag(bytes) }
        #expect(error == .truncated(.vlan))
    }
}
