import Testing
import Wire

@Suite("Cisco metadata header") struct CiscoMetaDataHeaderTests {
    static let bare: [UInt8] = [
        0x01, 0x01,  // version 1, one option
        0x00, 0x01,  // security group tag
        0x01, 0x02,  // group 258
        0x86, 0xdd,  // IPv6
    ]

    /// The same within GRE.
    static let led: [UInt8] = [0x86, 0xdd, 0x01, 0x01, 0x00, 0x01, 0x01, 0x02]

    @Test(arguments: [(bare, false), (led, true)]) func readsGroupAndWhatComesNext(bytes: [UInt8], inGRE: Bool) throws {
        let header = try CiscoMetaDataHeader(bytes.rawBytes, isWithinGRE: inGRE)
        let read = (header.length, header.securityGroup, header.etherType)
        #expect(read.0 == 8)
        #expect(read.1 == 258)
        #expect(read.2 == 0x86dd)
    }

    @Test(arguments: 0..<8, [false, true]) func saysWhenBytesAreMissing(length: Int, inGRE: Bool) {
        let error = refusal(of: Self.bare.prefix(length)) { bytes throws(WireError) in
            _ = try CiscoMetaDataHeader(bytes, isWithinGRE: inGRE)
        }
        #expect(error == .truncated(.cmd))
    }

    @Test(arguments: [0, 1]) func refusesFormsNobodyHasSeen(index: Int) {
        var bytes = Self.bare
        bytes[index] = 2
        let error = refusal(of: bytes) { bytes throws(WireError) in
            _ = try CiscoMetaDataHeader(bytes, isWithinGRE: false)
        }
        #expect(error == .malformed(.cmd))
    }
}
