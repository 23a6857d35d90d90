import Testing
import Wire

@Suite("VN-Tag") struct VNTagHeaderTests {
    static let packet: [UInt8] = [
        0x80, 0x0a,  // from the bridge, to interface 10
        0x80, 0x14,  // looped, version 0, from interface 20
        0x08, 0x00,  // IPv4
    ]

    @Test func readsInterfacesAndWhatComesNext() throws {
        let bytes = Self.packet
        let header = try VNTagHeader(bytes.rawBytes)
        let read = (header.length, header.etherType, header.destinationInterface, header.sourceInterface)
        #expect(read.0 == 6)
        #expect(read.1 == 0x0800)
        #expect(read.2 == 10)
        #expect(read.3 == 20)
    }

    @Test(arguments: 0..<6) func saysWhenBytesAreMissing(length: Int) {
        let error = refusal(of: Self.packet.prefix(length)) { bytes throws(WireError) in _ = try VNTagHeader(bytes) }
        #expect(error == .truncated(.vntag))
    }

    @Test(arguments: [0x10, 0x20, 0x30] as [UInt8]) func refusesAnotherVersion(third: UInt8) {
        let bytes = Self.packet.prefix(2) + [third] + Self.packet.dropFirst(3)
        let error = refusal(of: bytes) { bytes throws(WireError) in _ = try VNTagHeader(bytes) }
        #expect(error == .malformed(.vntag))
    }
}
