import Addressing
import Testing

@Suite("IP addresses")
struct IPAddressTests {
    private func v4(_ bits: UInt32) -> IPAddress { .v4(IPv4Address(bits: bits)) }

    @Test(arguments: [
        (UInt32(0), "0.0.0.0"), (0x0a00_0001, "10.0.0.1"), (0xffff_ffff, "255.255.255.255"),
        (0xc0a8_0a63, "192.168.10.99"),
    ])
    func ofVersion4AreFourNumbers(bits: UInt32, text: String) {
        #expect(v4(bits).description == text)
        #expect(IPv4Address(bits: bits).description == text)
    }

    @Test(arguments: [
        (UInt32(0xdfff_ffff), false), (0xe000_0000, true), (0xefff_ffff, true), (0xf000_0000, false),
        (0xffff_fffe, false), (0xffff_ffff, true),
    ])
    func ofVersion4KnowGroupsAndBroadcast(bits: UInt32, isMulticast: Bool) {
        #expect(v4(bits).isMulticast == isMulticast)
    }

    @Test func ofVersion6KnowGroups() {
        #expect(IPAddress.v6(IPv6Address(high: 0xff02 << 48, low: 1)).isMulticast)
        #expect(!IPAddress.v6(IPv6Address(high: 0, low: 1)).isMulticast)
    }

    @Test func areOrderedByVersionAndNumber() {
        let addresses: [IPAddress] = [
            v4(0), v4(1), v4(.max), .v6(IPv6Address(high: 0, low: 0)), .v6(IPv6Address(high: 1, low: 0)),
        ]
        #expect(addresses.shuffled().sorted() == addresses)
        #expect(!(v4(7) < v4(7)))
    }

    @Test func ofBothVersionsAreNeverTheSame() {
        #expect(Set([v4(1), .v6(IPv6Address(high: 0, low: 1))]).count == 2)
    }
}
