import Testing
import Wire

@Suite("Cisco HDLC header") struct CiscoHDLCHeaderTests {
    static let packet: [UInt8] = [
        0x8f, 0x00,  // all stations, control
        0x80, 0x35,  // keep-alive
    ]

    @Test func readsWhatComesNext() throws {
        let bytes = Self.packet
        let header = try CiscoHDLCHeader(bytes.rawBytes)
        let read = (header.length, header.etherType)
        #expect(read.0 == 4)
        #expect(read.1 == 0x8035)
    }

    @Test(arguments: 0..<4) func saysWhenBytesAreMissing(length: Int) {
        let error = refusal(of: Self.packet.prefix(length)) { bytes throws(WireError) in
            _ = try CiscoHDLCHeader(bytes)
        }
        #expect(error == .truncated(.hdlc))
    }
}
