import Testing
import Wire

@Suite("BSD loopback header") struct NullHeaderTests {
    static let families: [([UInt8], UInt16?)] = [
        ([0x02, 0, 0, 0], 0x0800),  // AF_INET, little-endian
        ([0, 0, 0, 0x02], 0x0800),  // AF_INET, big-endian
        ([0x1e, 0, 0, 0], 0x86dd),  // AF_INET6 of macOS
        ([0x1c, 0, 0, 0], 0x86dd),  // of FreeBSD
        ([0, 0, 0, 0x18], 0x86dd),  // of NetBSD and OpenBSD
        ([0x17, 0, 0, 0], 0x86dd),  // of Windows
        ([0x0a, 0, 0, 0], 0x86dd),  // of Linux
        ([0x07, 0, 0, 0], nil),  // AF_NS
        ([0, 0, 0x86, 0xdd], 0x86dd),  // an EtherType
        ([0x0f, 0, 0x08, 0x00], 0x0800),  // the header of Cisco's HDLC under the wrong link type
        ([0x01, 0x02, 0x03, 0x04], nil),  // nothing anybody knows
    ]

    @Test(arguments: families) func knowsTheFamiliesOfAllSystems(bytes: [UInt8], etherType: UInt16?) throws {
        let header = try NullHeader(bytes.rawBytes)
        let read = (header.length, header.etherType)
        #expect(read.0 == 4)
        #expect(read.1 == etherType)
    }

    @Test(arguments: 0..<4) func saysWhenBytesAreMissing(length: Int) {
        let error = refusal(of: [2, 0, 0, 0].prefix(length)) { bytes throws(WireError) in _ = try NullHeader(bytes) }
        #expect(error == .truncated(.null))
    }
}
