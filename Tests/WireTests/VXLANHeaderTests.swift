import Testing
import Wire

@Suite("VXLAN header") struct VXLANHeaderTests {
    static let packet: [UInt8] = [
        0x08, 0x00, 0x00, 0x00,  // the identifier is there
        0x12, 0x34, 0x56, 0xff,  // VNI 0x123456, reserved
    ]

    static func refused(_ bytes: some Collection<UInt8>) -> WireError? {
        refusal(of: bytes) { bytes throws(WireError) in _ = try VXLANHeader(bytes) }
    }

    @Test func readsTheNetwork() throws {
        let bytes = Self.packet
        let network = try VXLANHeader(bytes.rawBytes).networkIdentifier
        #expect(network == 0x12_3456)
    }

    @Test(arguments: 0..<8) func saysWhenBytesAreMissing(length: Int) {
        #expect(Self.refused(Self.packet.prefix(length)) == .truncated(.vxlan))
    }

    @Test(arguments: 0...255 as ClosedRange<UInt8>) func refusesAHeaderWhoseIFlagIsClearAndNoOther(flags: UInt8) {
        let error = Self.refused([flags] + Self.packet.dropFirst())
        #expect(error == (flags & 0x08 == 0 ? .malformed(.vxlan) : nil))
    }
}
