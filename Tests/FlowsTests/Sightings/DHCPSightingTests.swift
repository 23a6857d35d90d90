import Addressing
import Flows
import Testing
import Wire

@Suite("Sighting of DHCP") struct DHCPSightingTests {
    @Test func tellsWhoLeasesWhatToWhom() throws {
        let sighting = try #require(SightingFrames.sighting(SightingFrames.lease(5)))
        guard case .dhcp(let message) = sighting.fact else {
            Issue.record("not DHCP")
            return
        }
        #expect(message.messageType == 5)
        #expect(message.isReply)
        #expect(message.clientHardwareAddress?.description == "02:42:0a:00:00:02")
        #expect(message.yourAddress?.description == "10.0.0.2")
        #expect(message.serverIdentifier?.description == "10.0.0.1")
        #expect(message.hostName == "web")
        #expect(sighting.source?.description == "10.0.0.1")
        #expect(sighting.senderHardwareAddress?.description == "02:42:0a:00:00:01")
        #expect(sighting.hopLimit == nil)
    }

    @Test func tellsAServerOfIPv6() throws {
        let payload = SightingFrames.udp(547, 546, [2, 0xaa, 0xbb, 0xcc])
        let frame = SightingFrames.ethernet([0x86, 0xdd], SightingFrames.ipv6(17, payload))
        let sighting = try #require(SightingFrames.sighting(frame))
        guard case .dhcpv6(let message) = sighting.fact else {
            Issue.record("not DHCPv6")
            return
        }
        #expect(message.messageType == 2)
        #expect(message.isFromServer)
        #expect(sighting.source?.description == "fe80::1")
    }

    @Test func tellsNothingOfWhatIsNoDHCP() {
        let payload = SightingFrames.udp(67, 68, [UInt8](repeating: 1, count: 300))
        #expect(
            SightingFrames.sighting(SightingFrames.ethernet([0x08, 0x00], SightingFrames.ipv4(17, payload))) == nil
        )
    }
}
