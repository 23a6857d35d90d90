import Addressing
import Glibc
import Testing

@Suite("IPv6 addresses")
struct IPv6AddressTests {
    /// What the C library makes of an address.
    private func reference(_ address: IPv6Address) -> String {
        var octets = [UInt8](repeating: 0, count: 16)
        for index in 0..<8 {
            let shift = UInt64(56 - 8 * index)
            octets[index] = UInt8(truncatingIfNeeded: address.high >> shift)
            octets[index + 8] = UInt8(truncatingIfNeeded: address.low >> shift)
        }
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        _ = unsafe inet_ntop(AF_INET6, &octets, &text, socklen_t(text.count))
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// RFC 5952 as it is written, section by section.
    @Test(arguments: [
        (UInt64(0x2001_0db8_0000_0000), UInt64(1), "2001:db8::1"),  // 4.1, 4.2.1: zeros in front and runs of them
        (0x2001_0db8_0000_0001, 0x0001_0001_0001_0001, "2001:db8:0:1:1:1:1:1"),  // 4.2.2: one group is no run
        (0x2001_0000_0000_0001, 0x0000_0000_0000_0001, "2001:0:0:1::1"),  // 4.2.3: the longest run
        (0x2001_0db8_0000_0000, 0x0001_0000_0000_0001, "2001:db8::1:0:0:1"),  // 4.2.3: the first of equals
        (0xfe80_0000_0000_0000, 0xabcd_ef00_0000_000f, "fe80::abcd:ef00:0:f"),  // 4.3: lower case
        (0, 0x0000_ffff_c000_0201, "::ffff:192.0.2.1"),  // 5: a dotted tail where the prefix is known
        (0, 0, "::"), (0, 1, "::1"), (0x0001_0000_0000_0000, 0, "1::"),
        (0xff02_0000_0000_0000, 0x0000_0001_ff00_0001, "ff02::1:ff00:1"),
        (.max, .max, "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
        (0x0000_0001_0002_0003, 0x0004_0005_0006_0007, "0:1:2:3:4:5:6:7"),
        (0x0001_0002_0003_0004, 0x0005_0006_0007_0000, "1:2:3:4:5:6:7:0"),
        (0, 0x0001_0002_0003_0004, "::1:2:3:4"), (0x0001_0002_0003_0004, 0, "1:2:3:4::"),
    ])
    func areWrittenInTheirOneForm(high: UInt64, low: UInt64, text: String) {
        #expect(IPv6Address(high: high, low: low).description == text)
    }

    @Test func areWrittenAsTheCLibraryWritesThem() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<10_000 {
            // Most groups zero, or runs would be rare.
            var halves = [UInt64(0), 0]
            for group in 0..<8 where generator.next() % 2 == 0 {
                let value = generator.next() >> (48 + generator.next() % 16)
                halves[group / 4] |= value << UInt64((3 - group % 4) * 16)
            }
            let address = IPv6Address(high: halves[0], low: halves[1])
            // It also gives the long deprecated IPv4-compatible addresses a dotted tail (RFC 4291, 2.5.5.1); RFC 5952
            // leaves that to prefixes that say so.
            if address.high == 0, address.low >> 32 == 0, address.low > 0xffff { continue }
            #expect(address.description == reference(address))
        }
    }

    @Test func withARunAnywhereAreWrittenAsTheCLibraryWritesThem() {
        for start in 0..<8 {
            for end in start...8 {
                var halves = [UInt64(0x0001_0001_0001_0001), 0x0001_0001_0001_0001]
                for group in start..<end { halves[group / 4] &= ~(0xffff << UInt64((3 - group % 4) * 16)) }
                let address = IPv6Address(high: halves[0], low: halves[1])
                if address.high == 0, address.low >> 32 == 0, address.low > 0xffff { continue }
                #expect(address.description == reference(address))
            }
        }
    }

    @Test func areOrderedByNumber() {
        let addresses = [(0, 1), (0, 2), (1, 0), (1, .max), (.max, 0)].map { IPv6Address(high: $0.0, low: $0.1) }
        #expect(addresses.shuffled().sorted() == addresses)
    }

    @Test(arguments: [(UInt64(0xff02) << 48, true), (0xfe80 << 48, false), (0xfeff << 48, false), (.max, true)])
    func knowGroups(high: UInt64, isMulticast: Bool) {
        #expect(IPv6Address(high: high, low: 1).isMulticast == isMulticast)
    }
}
