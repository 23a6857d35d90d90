import Addressing
import Glibc
import Testing

@Suite("Addresses from text")
struct AddressTextTests {
    @Test(arguments: ["0.0.0.0", "10.0.0.1", "255.255.255.255", "192.168.1.20", "1.20.100.99"])
    func readsIPv4(text: String) {
        #expect(IPv4Address(text)?.description == text)
        #expect(IPAddress(text)?.isIPv6 == false)
    }

    @Test(arguments: [
        "", ".", "1", "1.2.3", "1.2.3.", ".1.2.3", "1..2.3", "1.2.3.4.", "1.2.3.4.5", "256.1.1.1", "1.2.3.256",
        "01.2.3.4",
        "1.2.3.04", "00.0.0.0", " 1.2.3.4", "1.2.3.4 ", "1.2.3.a", "1.2.3.-1", "+1.2.3.4", "99999999999.1.1.1",
        "1.2.3.٤",
    ])
    func refusesWhatIsNoIPv4(text: String) {
        #expect(IPv4Address(text) == nil)
    }

    @Test(arguments: [
        ("::", "::"), ("::1", "::1"), ("1::", "1::"), ("fe80::1", "fe80::1"), ("FD00::ABCD", "fd00::abcd"),
        ("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"), ("0:0:0:0:0:0:0:0", "::"), ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"),
        ("::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"), ("1:2::7:8", "1:2::7:8"), ("::ffff:10.0.0.1", "::ffff:10.0.0.1"),
        ("64:ff9b::192.0.2.33", "64:ff9b::c000:221"), ("1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304"),
        ("0001:0020:0300:4000::", "1:20:300:4000::"),
    ])
    func readsIPv6(text: String, canonical: String) {
        #expect(IPv6Address(text)?.description == canonical)
        #expect(IPAddress(text)?.isIPv6 == true)
    }

    @Test(arguments: [
        "", ":", ":::", "1", "1:", ":1", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8:", ":1:2:3:4:5:6:7:8",
        "1::2::3", "::1::", "12345::", "g::", "1:2:3:4:5:6:7:8::", "::1:2:3:4:5:6:7:8", "fe80::1%eth0", "::1.2.3",
        "::1.2.3.4:1", "1:2:3:4:5:6:7:1.2.3.4", "::1.2.3.4.5", "1.2.3.4::", " ::1", "::1 ", "1:::2", "::-1",
    ])
    func refusesWhatIsNoIPv6(text: String) {
        #expect(IPv6Address(text) == nil)
    }

    @Test func readsMAC() {
        #expect(MACAddress("02:42:0a:f4:00:02")?.bits == 0x0242_0af4_0002)
        #expect(MACAddress("FF:ff:Ff:fF:FF:FF")?.bits == 0xffff_ffff_ffff)
    }

    @Test(arguments: [
        "", "02:42:0a:f4:00", "02:42:0a:f4:00:02:", "02-42-0a-f4-00-02", "0242:0a:f4:00:020", "0g:42:0a:f4:00:02",
    ])
    func refusesWhatIsNoMAC(text: String) {
        #expect(MACAddress(text) == nil)
    }

    /// Random text of the letters that addresses are made of: the C library says what it is. It differs where it takes
    /// nothing we do not.
    @Test func agreesWithTheCLibrary() {
        let letters = Array("0123456789abcdef:::...1")
        var state: UInt64 = 7
        var accepted = 0
        for _ in 0..<40_000 {
            var text = ""
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            for _ in 0..<(2 + Int(state >> 60)) {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                text.append(letters[Int(state >> 33) % letters.count])
            }
            var octets = InlineArray<16, UInt8>(repeating: 0)
            let isIPv4 = unsafe inet_pton(AF_INET, text, &octets) == 1
            let isIPv6 = unsafe inet_pton(AF_INET6, text, &octets) == 1
            #expect((IPv4Address(text) != nil) == isIPv4, "\(text)")
            #expect((IPv6Address(text) != nil) == isIPv6, "\(text)")
            if isIPv6, let address = IPv6Address(text) {
                for group in 0..<8 {
                    let expected = UInt16(octets[group * 2]) << 8 | UInt16(octets[group * 2 + 1])
                    let bits = (group < 4 ? address.high : address.low) >> UInt64((3 - group % 4) * 16)
                    #expect(UInt16(truncatingIfNeeded: bits) == expected, "\(text)")
                }
                accepted += 1
            }
        }
        #expect(accepted > 50)
    }
}
