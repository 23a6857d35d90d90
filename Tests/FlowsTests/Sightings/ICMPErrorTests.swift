import Addressing
import Flows
import Testing

@Suite("ICMP error") struct ICMPErrorTests {
    static func error(_ frame: [UInt8]) -> ICMPError? {
        guard case .icmpError(let error) = SightingFrames.sighting(frame)?.fact else { return nil }
        return error
    }

    /// An ICMP message in IPv4.
    static func icmp(_ message: [UInt8]) -> ICMPError? {
        error(SightingFrames.ethernet([0x08, 0x00], SightingFrames.ipv4(1, message)))
    }

    /// An ICMPv6 message.
    static func icmpv6(_ message: [UInt8]) -> ICMPError? {
        error(SightingFrames.ethernet([0x86, 0xdd], SightingFrames.ipv6(58, message)))
    }

    @Test func saysWhoSaysWhatAboutWhichFlow() throws {
        let sighting = try #require(SightingFrames.sighting(SightingFrames.unreachable()))
        guard case .icmpError(let error) = sighting.fact else {
            Issue.record("not an error")
            return
        }
        #expect(!error.isICMPv6)
        #expect(error.type == 3)
        #expect(error.code == 3)
        #expect(error.nextHopMTU == nil)
        #expect(error.gateway == nil)
        #expect(sighting.source?.description == "10.0.0.1")
        #expect(sighting.destination?.description == "10.0.0.2")
        let quote = try #require(error.quote)
        #expect(quote.source.description == "10.0.0.2")
        #expect(quote.destination.description == "10.0.0.9")
        #expect(quote.protocolNumber == 17)
        #expect(quote.sourcePort == 40_000)
        #expect(quote.destinationPort == 53)
    }

    @Test func saysWhatFitsTheNextLink() {
        #expect(Self.icmp([3, 4, 0, 0, 0, 0, 0x05, 0x78])?.nextHopMTU == 1400)
        #expect(Self.icmpv6([2, 0, 0, 0, 0, 0, 0x05, 0x78])?.nextHopMTU == 1400)
    }

    @Test func saysWhereARedirectLeads() {
        #expect(Self.icmp([5, 1, 0, 0, 10, 0, 0, 66])?.gateway?.description == "10.0.0.66")
    }

    @Test func isToldWithoutItsQuote() throws {
        let error = try #require(Self.icmp([11, 0, 0, 0, 0, 0, 0, 0]))
        #expect(error.type == 11)
        #expect(error.quote == nil)
    }

    @Test func keepsTheNumbersOfICMPv6Apart() throws {
        let quoted = SightingFrames.ipv6(6, from: SightingFrames.host6, [0x9c, 0x40, 0, 80, 0, 0, 0, 0])
        let error = try #require(Self.icmpv6([1, 4, 0, 0, 0, 0, 0, 0] + quoted))
        #expect(error.isICMPv6)
        #expect(error.type == 1)
        #expect(error.code == 4)
        #expect(error.quote?.source.description == "fe80::2")
        #expect(error.quote?.destinationPort == 80)
    }

    @Test func isNotMadeOfAnEcho() {
        #expect(Self.icmp([8, 0, 0, 0, 0, 1, 0, 1]) == nil)
        #expect(Self.icmpv6([128, 0, 0, 0, 0, 1, 0, 1]) == nil)
    }
}
