import Addressing
import Testing

@Suite("Addresses of the Internet at large")
struct GlobalAddressTests {
    @Test(arguments: [
        "8.8.8.8", "172.15.0.1", "172.32.0.1", "198.51.100.7", "203.0.113.1", "100.128.0.1", "2606:4700::1",
    ])
    func areGlobal(text: String) throws {
        #expect(try #require(IPAddress(text)).isGlobal)
    }

    @Test(arguments: [
        "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "127.0.0.1", "169.254.169.254", "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1", "255.255.255.255", "198.18.0.1", "fd00::1", "fe80::1", "::1", "ff02::1",
    ])
    func areNot(text: String) throws {
        #expect(try !#require(IPAddress(text)).isGlobal)
    }
}
