import Addressing
import Flows
import Testing

@Suite("ARP claim") struct ARPClaimTests {
    static func claim(_ arp: [UInt8]) -> ARPClaim? {
        guard case .arp(let claim) = SightingFrames.sighting(SightingFrames.ethernet([0x08, 0x06], arp))?.fact else {
            return nil
        }
        return claim
    }

    @Test func tellsWhoAsksWhom() throws {
        let sighting = try #require(SightingFrames.sighting(SightingFrames.request()))
        guard case .arp(let claim) = sighting.fact else {
            Issue.record("not ARP")
            return
        }
        #expect(claim.kind == .request)
        #expect(claim.senderHardwareAddress.description == "02:42:0a:00:00:02")
        #expect(claim.senderAddress.description == "10.0.0.2")
        #expect(claim.targetHardwareAddress.isZero)
        #expect(claim.targetAddress.description == "10.0.0.1")
        #expect(sighting.senderHardwareAddress == claim.senderHardwareAddress)
        #expect(sighting.source == nil)
        #expect(sighting.destination == nil)
        #expect(sighting.scope == 5)
        #expect(sighting.point == 3)
        #expect(sighting.time.seconds == 1)
        #expect(sighting.count == 1)
        #expect(sighting.previous == nil)
    }

    @Test func tellsRepliesFromRequests() {
        #expect(Self.claim(SightingFrames.arp(2))?.kind == .reply)
    }

    @Test(arguments: [1, 2] as [UInt8]) func callsItGratuitousWhenSenderAndTargetAreOne(operation: UInt8) {
        let arp = SightingFrames.arp(
            operation,
            SightingFrames.hostMAC,
            SightingFrames.host4,
            SightingFrames.hostMAC,
            SightingFrames.host4
        )
        #expect(Self.claim(arp)?.kind == .gratuitous)
    }

    @Test func callsARequestFromNobodyAProbe() {
        let arp = SightingFrames.arp(1, SightingFrames.hostMAC, [0, 0, 0, 0])
        #expect(Self.claim(arp)?.kind == .probe)
    }

    @Test(arguments: [0, 3, 8, 255] as [UInt8]) func refusesOtherOperations(operation: UInt8) {
        #expect(Self.claim(SightingFrames.arp(operation)) == nil)
    }

    @Test func keepsTheEthernetSourceThatContradictsTheClaim() throws {
        let frame = SightingFrames.ethernet([0x08, 0x06], from: SightingFrames.routerMAC, SightingFrames.arp(2))
        let sighting = try #require(SightingFrames.sighting(frame))
        #expect(sighting.senderHardwareAddress?.description == "02:42:0a:00:00:01")
    }

    @Test func findsTheEthernetSourceBehindVLANTags() throws {
        let tagged = [0x00, 0x05, 0x81, 0x00, 0x00, 0x06, 0x08, 0x06] + SightingFrames.arp(1)
        let sighting = try #require(SightingFrames.sighting(SightingFrames.ethernet([0x88, 0xa8], tagged)))
        #expect(sighting.senderHardwareAddress?.description == "02:42:0a:00:00:02")
    }

    @Test func knowsNoEthernetSourceOnACookedLink() throws {
        let cooked: [UInt8] = [0, 0, 0, 1, 0, 6] + SightingFrames.hostMAC + [0, 0, 0x08, 0x06]
        let sighting = try #require(SightingFrames.sighting(cooked + SightingFrames.arp(1), linkType: 113))
        #expect(sighting.senderHardwareAddress == nil)
    }

    @Test func doesNotTakeATunnelEndForTheSender() throws {
        let inner = SightingFrames.ethernet([0x08, 0x06], SightingFrames.arp(1))
        let outer = SightingFrames.udp(50_000, 4789, [8, 0, 0, 0, 0, 0, 42, 0] + inner)
        let frame = SightingFrames.ethernet(
            [0x08, 0x00],
            from: SightingFrames.routerMAC,
            SightingFrames.ipv4(17, outer)
        )
        let sighting = try #require(SightingFrames.sighting(frame))
        #expect(sighting.senderHardwareAddress?.description != "02:42:0a:00:00:01")
        #expect(sighting.source == nil)
    }
}
