import Addressing
import Testing

@Suite("IP prefix")
struct IPPrefixTests {
    @Test(
        arguments: [
            ("10.0.0.0/8", "10.0.0.0/8"), ("10.1.2.3/8", "10.0.0.0/8"), ("10.1.2.3", "10.1.2.3"),
            ("10.1.2.3/32", "10.1.2.3"), ("255.255.255.255/0", "0.0.0.0/0"), ("2001:db8::1/32", "2001:db8::/32"),
            ("fd00:10::ffff/127", "fd00:10::fffe/127"), ("fd00::1", "fd00::1"), ("fd00::1/128", "fd00::1"),
            ("ffff::1/64", "ffff::/64"), ("ffff:ffff:ffff:ffff:8000::/65", "ffff:ffff:ffff:ffff:8000::/65"),
            ("::1/0", "::/0"),
        ]
    )
    func readsAndWritesBlocks(text: String, written: String) throws {
        let prefix = try #require(IPPrefix(text))
        #expect(prefix.description == written)
        #expect(IPPrefix(prefix.description) == prefix)
    }

    @Test(
        arguments: [
            "", "/", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0.0/08", "10.0.0.0/8/8", "/8",
            "10.0.0/8", "10.0.0.300", "::/129", "::/1000", "fe80::1%eth0", "10.0.0.0/8 ", "10.0.0.0/٨", "web",
        ]
    )
    func refusesWhatIsNone(text: String) {
        #expect(IPPrefix(text) == nil)
    }

    @Test(
        arguments: [
            ("10.0.0.0/8", "10.255.255.255", true), ("10.0.0.0/8", "11.0.0.0", false), ("10.1.2.3", "10.1.2.3", true),
            ("10.1.2.3", "10.1.2.2", false), ("0.0.0.0/0", "255.1.1.1", true), ("0.0.0.0/0", "::", false),
            ("::/0", "1.2.3.4", false), ("::/0", "ffff::", true), ("::ffff:0:0/96", "1.2.3.4", false),
            ("fd00:10::/64", "fd00:10::ffff:1:2:3", true), ("fd00:10::/64", "fd00:10:0:1::", false),
            ("fd00::8000:0:0:0/65", "fd00::8000:0:0:1", true), ("fd00::8000:0:0:0/65", "fd00::7fff:0:0:1", false),
            ("fd00::1", "fd00::1", true), ("fd00::1", "fd00::2", false), ("192.168.0.0/31", "192.168.0.1", true),
            ("192.168.0.0/31", "192.168.0.2", false),
        ]
    )
    func holdsTheAddressesThatBeginLikeIt(block: String, address: String, isIn: Bool) throws {
        let prefix = try #require(IPPrefix(block))
        #expect(try prefix.contains(#require(IPAddress(address))) == isIn)
    }

    @Test func hasAtMostAsManyBitsAsTheAddress() throws {
        let address = try #require(IPAddress("10.0.0.1"))
        #expect(IPPrefix(address, length: 33) == nil)
        #expect(IPPrefix(address, length: -1) == nil)
        #expect(IPPrefix(address, length: 32) != nil)
    }
}
