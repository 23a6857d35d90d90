import Addressing
import Flows
import Testing

@Suite("Packet quoted in an ICMP error") struct QuotedPacketTests {
    static func quote(_ bytes: some Collection<UInt8>) -> QuotedPacket? {
        ICMPErrorTests.icmp([3, 1, 0, 0, 0, 0, 0, 0] + bytes)?.quote
    }

    static let tcp: [UInt8] = [0x9c, 0x40, 0x01, 0xbb, 0, 0, 0, 1]

    @Test(arguments: 0..<20) func isUnknownWithoutAWholeHeader(length: Int) {
        #expect(Self.quote(SightingFrames.ipv4(6, Self.tcp).prefix(length)) == nil)
    }

    @Test(arguments: 20..<24) func hasNoPortsWhenTheyWereCutOff(length: Int) throws {
        let quote = try #require(Self.quote(SightingFrames.ipv4(6, Self.tcp).prefix(length)))
        #expect(quote.protocolNumber == 6)
        #expect(quote.sourcePort == nil)
        #expect(quote.destinationPort == nil)
    }

    @Test func hasPortsAsSoonAsTheyAreThere() throws {
        let quote = try #require(Self.quote(SightingFrames.ipv4(6, Self.tcp).prefix(24)))
        #expect(quote.sourcePort == 40_000)
        #expect(quote.destinationPort == 443)
    }

    @Test func looksForPortsBehindOptions() throws {
        var bytes = SightingFrames.ipv4(6, [1, 1, 1, 1] + Self.tcp)
        bytes[0] = 0x46
        #expect(try #require(Self.quote(bytes)).destinationPort == 443)
    }

    @Test func hasNoPortsWhenOptionsReachPastTheQuote() throws {
        var bytes = SightingFrames.ipv4(6, [UInt8](repeating: 1, count: 40))
        bytes[0] = 0x4f
        #expect(try #require(Self.quote(bytes.prefix(60))).sourcePort == nil)
    }

    @Test func hasNoPortsInALaterFragment() throws {
        var bytes = SightingFrames.ipv4(17, Self.tcp)
        bytes[7] = 1
        #expect(try #require(Self.quote(bytes)).sourcePort == nil)
    }

    @Test func hasNoPortsOfProtocolsWithoutThem() throws {
        let quote = try #require(Self.quote(SightingFrames.ipv4(1, [8, 0, 0, 0, 0, 1, 0, 1])))
        #expect(quote.protocolNumber == 1)
        #expect(quote.sourcePort == nil)
    }

    @Test func stepsOverExtensionHeaders() throws {
        let chain: [UInt8] = [44, 0, 1, 4, 0, 0, 0, 0] + [51, 0, 0, 1, 0, 0, 0, 9]  // options, first fragment
        let authentication: [UInt8] = [17, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
        let quote = try #require(Self.quote(SightingFrames.ipv6(60, chain + authentication + Self.tcp)))
        #expect(quote.protocolNumber == 17)
        #expect(quote.destinationPort == 443)
    }

    @Test func stopsAtALaterFragmentOfIPv6() throws {
        let fragment: [UInt8] = [17, 0, 0, 8, 0, 0, 0, 9]
        let quote = try #require(Self.quote(SightingFrames.ipv6(44, fragment + Self.tcp)))
        #expect(quote.protocolNumber == 17)
        #expect(quote.sourcePort == nil)
    }

    @Test func keepsTheAddressesWhenTheChainIsCutOff() throws {
        let quote = try #require(Self.quote(SightingFrames.ipv6(60, [17, 9, 0, 0])))
        #expect(quote.source.description == "fe80::1")
        #expect(quote.protocolNumber == 60)
        #expect(quote.sourcePort == nil)
    }

    @Test func givesUpOnAnEndlessChain() throws {
        let chain = [[UInt8]](repeating: [60, 0, 1, 4, 0, 0, 0, 0], count: 100).joined()
        #expect(try #require(Self.quote(SightingFrames.ipv6(60, Array(chain)))).protocolNumber == 60)
    }
}
