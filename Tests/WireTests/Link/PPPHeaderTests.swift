import Testing
import Wire

@Suite("PPP header") struct PPPHeaderTests {
    static let forms: [([UInt8], Int, UInt16, UInt16?)] = [
        ([0xff, 0x03, 0x00, 0x21], 4, 0x21, 0x0800),  // everything
        ([0x00, 0x57], 2, 0x57, 0x86dd),  // no address and control
        ([0xff, 0x03, 0x21], 3, 0x21, 0x0800),  // compressed protocol
        ([0x57, 0x60], 1, 0x57, 0x86dd),  // neither; an IPv6 packet's first byte
        ([0x02, 0x81], 2, 0x281, 0x8847),  // MPLS
        ([0x02, 0x83], 2, 0x283, 0x8848),  // MPLS, multicast
        ([0xc0, 0x21], 2, 0xc021, nil),  // the link's own control
    ]

    @Test(arguments: forms) func readsWhateverIsLeftOut(
        bytes: [UInt8],
        length: Int,
        number: UInt16,
        etherType: UInt16?
    ) throws {
        let header = try PPPHeader(bytes.rawBytes)
        let read = (header.length, header.protocolNumber, header.etherType)
        #expect(read.0 == length)
        #expect(read.1 == number)
        #expect(read.2 == etherType)
    }

    @Test(arguments: [[], [0x00], [0xff, 0x03], [0xff, 0x03, 0x00]] as [[UInt8]])
    func saysWhenBytesAreMissing(bytes: [UInt8]) {
        let error = refusal(of: bytes) { bytes throws(WireError) in _ = try PPPHeader(bytes) }
        #expect(error == .truncated(.ppp))
    }
}
