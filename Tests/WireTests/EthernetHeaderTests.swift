import Addressing
import Testing
import Wire

@Suite("Ethernet header") struct EthernetHeaderTests {
    static let packet: [UInt8] = [
        0x02, 0x42, 0xac, 0x11, 0x00, 0x03,  // destination
        0x02, 0x42, 0xac, 0x11, 0x00, 0x02,  // source
        0x08, 0x00,  // IPv4
    ]

    @Test func readsAddressesAndWhatComesNext() throws {
        let bytes = Self.packet
        let header = try EthernetHeader(bytes.rawBytes)
        let read = (header.destination.description, header.source.description, header.etherType)
        #expect(read.0 == "02:42:ac:11:00:03")
        #expect(read.1 == "02:42:ac:11:00:02")
        #expect(read.2 == 0x0800)
    }

    @Test func readsALengthAsItStands() throws {
        let bytes = Self.packet.prefix(12) + [0x05, 0xdc]
        let etherType = try EthernetHeader(Array(bytes).rawBytes).etherType
        #expect(etherType == 1500)
    }

    @Test(arguments: 0..<14) func saysWhenBytesAreMissing(length: Int) {
        let error = refusal(of: Self.packet.prefix(length)) { bytes throws(WireError) in
            _ = try EthernetHeader(bytes)
        }
        #expect(error == .truncated(.ethernet))
    }
}
