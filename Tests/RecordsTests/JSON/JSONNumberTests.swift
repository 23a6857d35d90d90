import Addressing
import Testing

@testable import Records

@Suite("JSON numbers and addresses")
struct JSONNumberTests {
    private func text(_ body: (inout JSONBuffer) -> Void) -> String {
        var json = JSONBuffer()
        body(&json)
        return String(decoding: json.bytes, as: UTF8.self)
    }

    @Test(arguments: [0, 1, 9, 10, 99, 100, 12_345_678_901, Int64.max, -1, -10, Int64.min])
    func writesNumbersInDecimal(number: Int64) {
        #expect(text { $0.value(number) } == "\(number)")
    }

    @Test func writesTheLargestNumbers() {
        #expect(text { $0.value(UInt64.max) } == "18446744073709551615")
        #expect(text { $0.value(UInt8.max) } == "255")
        #expect(text { $0.value(Int8.min) } == "-128")
    }

    @Test(
        arguments: [
            (0x2001_0db8_0000_0000, 0x0000_0000_0000_0001, "2001:db8::1"),
            (0, 0, "::"),
            (0, 1, "::1"),
            (0x0001_0000_0000_0000, 0, "1::"),
            (0x2001_0db8_0000_0001, 0x0001_0001_0001_0001, "2001:db8:0:1:1:1:1:1"),  // One zero group is no run.
            (0x2001_0000_0000_0001, 0x0000_0000_0000_0001, "2001:0:0:1::1"),  // The longest run.
            (0x2001_0db8_0000_0000, 0x0001_0000_0000_0001, "2001:db8::1:0:0:1"),  // The first among equals.
            (0, 0x0000_ffff_c000_0201, "::ffff:192.0.2.1"),
            (0xffff_ffff_ffff_ffff, 0xffff_ffff_ffff_ffff, "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
        ] as [(UInt64, UInt64, String)]
    )
    func writesAddressesInTheirOneForm(high: UInt64, low: UInt64, expected: String) {
        #expect(text { $0.append(.v6(IPv6Address(high: high, low: low))) } == expected)
    }

    @Test func writesAddressesAsTheyDescribeThemselves() {
        for _ in 0..<2000 {
            // Few bits, so that there are many zero groups.
            let high = UInt64.random(in: .min ... .max) & UInt64.random(in: .min ... .max) & 0x000f_00ff_0f0f_0001
            let low = UInt64.random(in: .min ... .max) & 0x00ff_000f_0000_f00f
            let address = IPAddress.v6(IPv6Address(high: high, low: low))
            #expect(text { $0.append(address) } == address.description)
            let old = IPAddress.v4(IPv4Address(bits: UInt32(truncatingIfNeeded: high ^ low)))
            #expect(text { $0.append(old) } == old.description)
            let hardware = MACAddress(bits: high ^ low)
            #expect(text { $0.append(hardware) } == hardware.description)
        }
    }
}
