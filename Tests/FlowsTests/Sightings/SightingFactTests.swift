import Flows
import Testing

@Suite("What makes a fact") struct SightingFactTests {
    /// Whether the second frame tells something the first did not.
    static func isNew(_ second: [UInt8], after first: [UInt8]) -> Bool {
        let watch = SightingWatch()
        #expect(watch.note(first, at: 0) != nil)
        return watch.note(second, at: 0) != nil
    }

    @Test func isEveryFieldOfAnARPPacket() {
        let request = SightingFrames.request()
        // Operation, sender's and target's addresses: their last octets.
        for offset in [21, 27, 31, 37, 41] {
            var other = request
            other[offset] ^= 2
            if offset == 21 { other[offset] = 2 }
            #expect(Self.isNew(other, after: request), "octet \(offset)")
        }
    }

    @Test func isTheEthernetSourceToo() {
        let spoofed = SightingFrames.ethernet([0x08, 0x06], from: SightingFrames.routerMAC, SightingFrames.arp(1))
        #expect(Self.isNew(spoofed, after: SightingFrames.request()))
    }

    @Test func isWhatARouterOffersAndNotItsChecksum() {
        var other = SightingFrames.routerAdvertisement
        other[14 + 40 + 2] = 0xaa
        #expect(!Self.isNew(other, after: SightingFrames.routerAdvertisement))
        other[other.count - 9] = 2
        #expect(Self.isNew(other, after: SightingFrames.routerAdvertisement))
    }

    @Test func isWhetherItCameFromAfar() {
        var other = SightingFrames.routerAdvertisement
        other[14 + 7] = 254
        #expect(Self.isNew(other, after: SightingFrames.routerAdvertisement))
    }

    @Test func isALeaseAndNotItsTransaction() {
        #expect(!Self.isNew(SightingFrames.lease(5, transaction: 8), after: SightingFrames.lease(5)))
        #expect(Self.isNew(SightingFrames.lease(6), after: SightingFrames.lease(5)))
        #expect(Self.isNew(SightingFrames.lease(5, name: "db"), after: SightingFrames.lease(5)))
    }

    @Test func isTheFlowThatFailedAndNotTheRouterBetween() {
        var forwarded = SightingFrames.unreachable()
        forwarded[11] = 99  // Ethernet source
        forwarded[22] = 63  // hop limit
        #expect(!Self.isNew(forwarded, after: SightingFrames.unreachable()))
        #expect(Self.isNew(SightingFrames.unreachable(sourcePort: 40_001), after: SightingFrames.unreachable()))
    }
}
