import Addressing
import Testing
import Wire

@Suite("FDDI header") struct FDDIHeaderTests {
    static let packet: [UInt8] = [
        0x50,  // LLC, asynchronous
        0xaa, 0x00, 0x04, 0x00, 0x82, 0xa7,  // destination
        0xaa, 0x00, 0x04, 0x00, 0x83, 0xa7,  // source
    ]

    @Test func readsAddresses() throws {
        let bytes = Self.packet
        let header = try FDDIHeader(bytes.rawBytes)
        let read = (header.length, header.carriesLLC, header.destination.description, header.source.description)
        #expect(read.0 == 13)
        #expect(read.1)
        #expect(read.2 == "aa:00:04:00:82:a7")
        #expect(read.3 == "aa:00:04:00:83:a7")
    }

    @Test(arguments: [(0x57, true), (0xd0, true), (0x41, false), (0xc2, false), (0x80, false)] as [(UInt8, Bool)])
    func tellsDataFromTheRingsOwn(control: UInt8, carriesLLC: Bool) throws {
        let bytes = [control] + Self.packet.dropFirst()
        let read = try FDDIHeader(bytes.rawBytes).carriesLLC
        #expect(read == carriesLLC)
    }

    @Test(arguments: 0..<13) func saysWhenBytesAreMissing(length: Int) {
        let error = refusal(of: Self.packet.prefix(length)) { bytes throws(WireError) in _ = try FDDIHeader(bytes) }
        #expect(error == .truncated(.fddi))
    }
}
