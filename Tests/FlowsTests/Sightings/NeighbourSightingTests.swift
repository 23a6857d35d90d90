import Addressing
import Flows
import Testing
import Wire

@Suite("Sighting of neighbour discovery") struct NeighbourSightingTests {
    static func sighting(_ message: [UInt8], hopLimit: UInt8 = 255) -> (Sighting, NeighbourDiscovery)? {
        let frame = SightingFrames.ethernet([0x86, 0xdd], SightingFrames.ipv6(58, hopLimit: hopLimit, message))
        guard let sighting = SightingFrames.sighting(frame), case .neighbourDiscovery(let said) = sighting.fact else {
            return nil
        }
        return (sighting, said)
    }

    @Test func tellsWhichRouterOffersWhichPrefix() throws {
        let sighting = try #require(SightingFrames.sighting(SightingFrames.routerAdvertisement))
        guard case .neighbourDiscovery(let said) = sighting.fact else {
            Issue.record("not neighbour discovery")
            return
        }
        #expect(said.kind == .routerAdvertisement)
        #expect(said.routerLifetime == 1800)
        #expect(said.linkLayerAddress?.description == "02:42:0a:00:00:01")
        #expect(said.prefixes.map(\.address.description) == ["fd00:0:0:1::"])
        #expect(sighting.source?.description == "fe80::1")
        #expect(sighting.destination?.description == "fe80::2")
        #expect(sighting.hopLimit == 255)
        #expect(sighting.senderHardwareAddress?.description == "02:42:0a:00:00:01")
    }

    @Test func tellsWhoIsAskedFor() throws {
        let message = [135, 0, 0, 0, 0, 0, 0, 0] + SightingFrames.host6 + [1, 1] + SightingFrames.routerMAC
        let (_, said) = try #require(Self.sighting(message))
        #expect(said.kind == .neighbourSolicitation)
        #expect(said.target?.description == "fe80::2")
    }

    @Test func tellsAnUnaskedAdvertisementThatOverrides() throws {
        let message = [136, 0, 0, 0, 0x20, 0, 0, 0] + SightingFrames.host6 + [2, 1] + SightingFrames.hostMAC
        let (_, said) = try #require(Self.sighting(message))
        #expect(said.kind == .neighbourAdvertisement)
        #expect(said.isOverride)
        #expect(!said.isSolicited)
        #expect(said.linkLayerAddress?.description == "02:42:0a:00:00:02")
    }

    @Test func saysThatAMessageCameFromAfar() throws {
        let (sighting, said) = try #require(Self.sighting([133, 0, 0, 0, 0, 0, 0, 0], hopLimit: 63))
        #expect(said.kind == .routerSolicitation)
        #expect(sighting.hopLimit == 63)
    }

    @Test func knowsNoHopLimitBehindAnExtensionHeader() throws {
        let extended: [UInt8] = [58, 0, 1, 4, 0, 0, 0, 0] + [133, 0, 0, 0, 0, 0, 0, 0]
        let frame = SightingFrames.ethernet([0x86, 0xdd], SightingFrames.ipv6(60, extended))
        let sighting = try #require(SightingFrames.sighting(frame))
        #expect(sighting.hopLimit == nil)
    }

    @Test func tellsNothingOfAnEmptyOption() {
        #expect(Self.sighting([133, 0, 0, 0, 0, 0, 0, 0] + [1, 0, 0, 0, 0, 0, 0, 0]) == nil)
    }
}
