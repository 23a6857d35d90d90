import Testing
import Wire

@Suite("VXLAN-GPE header") struct VXLANGPEHeaderTests {
    static let packet: [UInt8] = [
        0x0d,  // identifier, next protocol and OAM flags
        0x00, 0x00,  // reserved
        0x04,  // NSH
        0x00, 0x02, 0x37, 0x00,  // VNI 567, reserved
    ]

    static func refused(_ bytes: some Collection<UInt8>) -> WireError? {
        refusal(of: bytes) { bytes throws(WireError) in _ = try VXLANGPEHeader(bytes) }
    }

    @Test func readsNetworkAndNextProtocol() throws {
        let bytes = Self.packet
        let header = try VXLANGPEHeader(bytes.rawBytes)
        let read = (header.length, header.networkIdentifier, header.protocolType, header.isControl)
        #expect(read.0 == 8)
        #expect(read.1 == 567)
        #expect(read.2 == 0x894f)
        #expect(read.3)
    }

    @Test(arguments: [(0, nil), (1, 0x0800), (2, 0x86dd), (3, 0x6558), (5, 0x8847), (6, nil)] as [(UInt8, UInt16?)])
    func knowsThePayloadOfEachNumber(number: UInt8, etherType: UInt16?) throws {
        var bytes = Self.packet
        bytes[3] = number
        let type = try VXLANGPEHeader(bytes.rawBytes).protocolType
        #expect(type == etherType)
    }

    @Test func isPlainVXLANWithoutItsFlags() throws {
        let bytes: [UInt8] = [0x00, 0x00, 0x00, 0x01, 0x00, 0x02, 0x37, 0x00]
        let header = try VXLANGPEHeader(bytes.rawBytes)
        let read = (header.protocolType, header.networkIdentifier)
        #expect(read.0 == 0x6558)
        #expect(read.1 == nil)
    }

    @Test(arguments: 0..<8) func saysWhenBytesAreMissing(length: Int) {
        #expect(Self.refused(Self.packet.prefix(length)) == .truncated(.vxlanGPE))
    }

    @Test(arguments: [0x1c, 0x2c, 0x3c] as [UInt8]) func refusesAnotherVersion(first: UInt8) {
        #expect(Self.refused([first] + Self.packet.dropFirst()) == .malformed(.vxlanGPE))
    }
}
