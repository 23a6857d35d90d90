import Foundation
import Testing

@testable import Records

@Suite("Sighting record")
struct SightingRecordTests {
    private func record(_ type: UInt16, _ payload: [UInt8], vlans: [UInt16] = []) throws -> [String: Any] {
        let recording = Recording(.sightings)
        recording.take(FrameBytes.ethernet(type, vlans: vlans, payload))
        return try recording.record()
    }

    @Test func tellsWhoClaimsAnAddress() throws {
        let arp: [UInt8] = [
            0, 1, 8, 0, 6, 4, 0, 2,  // Ethernet, IPv4, reply.
            2, 0, 0, 0, 0, 1, 10, 0, 0, 1,  // Sender.
            2, 0, 0, 0, 0, 2, 10, 0, 0, 2,  // Target.
        ]
        let record = try record(0x0806, arp)
        #expect(value("@timestamp", of: record) as? String == "2024-02-29T12:00:00.000000Z")
        #expect(value("event.action", of: record) as? String == "sighting")
        #expect(value("sighting.kind", of: record) as? String == "arp")
        #expect(value("sighting.count", of: record) as? Int == 1)
        #expect(value("source.mac", of: record) as? String == "02:00:00:00:00:01")
        #expect(value("arp.type", of: record) as? String == "reply")
        #expect(value("arp.sender.ip", of: record) as? String == "10.0.0.1")
        #expect(value("arp.sender.mac", of: record) as? String == "02:00:00:00:00:01")
        #expect(value("arp.target.ip", of: record) as? String == "10.0.0.2")
    }

    @Test func tellsWhoOffersToRoute() throws {
        let prefix: [UInt8] = [3, 4, 64, 0xc0, 0, 0, 0x0e, 0x10, 0, 0, 0, 0, 0, 0, 0, 0, 0x20, 0x01, 0x0d, 0xb8]
        let advertisement: [UInt8] =
            [134, 0, 0, 0, 64, 0, 0x07, 0x08, 0, 0, 0, 0, 0, 0, 0, 0]
            + [1, 1, 2, 0, 0, 0, 0, 1] + prefix + [UInt8](repeating: 0, count: 12)
        let record = try record(0x86dd, FrameBytes.ipv6(58, from: 1, to: 2, advertisement), vlans: [5])
        #expect(value("sighting.kind", of: record) as? String == "neighbor_discovery")
        #expect(value("network.type", of: record) as? String == "ipv6")
        #expect(value("source.ip", of: record) as? String == "fe80::1")
        #expect(value("network.vlan.id", of: record) as? Int == 5)
        #expect(value("segment.id", of: record) as? Int == 5)
        #expect(value("nd.type", of: record) as? String == "router_advertisement")
        #expect(value("nd.hop_limit", of: record) as? Int == 255)
        #expect(value("nd.router_lifetime", of: record) as? Int == 1800)
        #expect(value("nd.mac", of: record) as? String == "02:00:00:00:00:01")
        let prefixes = try #require(value("nd.prefixes", of: record) as? [[String: Any]])
        #expect(prefixes.first?["ip"] as? String == "2001:db8::")
        #expect(prefixes.first?["length"] as? Int == 64)
        #expect(prefixes.first?["valid_lifetime"] as? Int == 3600)
    }

    @Test func tellsWhoWantsAnAddressWhateverItCallsItself() throws {
        var message = [UInt8](repeating: 0, count: 236)
        message.replaceSubrange(0..<8, with: [1, 1, 6, 0, 0, 0, 0, 9])
        message.replaceSubrange(28..<34, with: [2, 0, 0, 0, 0, 9])
        message += [0x63, 0x82, 0x53, 0x63, 53, 1, 1, 50, 4, 10, 0, 0, 9, 12, 4, 0x1b, 0x22, 0x5c, 0x61, 255]
        let record = try record(0x0800, FrameBytes.ipv4(17, from: 9, to: 255, FrameBytes.udp(68, 67, message)))
        #expect(value("dhcp.type", of: record) as? String == "discover")
        #expect(value("dhcp.client_mac", of: record) as? String == "02:00:00:00:00:09")
        #expect(value("dhcp.requested_ip", of: record) as? String == "10.0.0.9")
        #expect(value("dhcp.transaction_id", of: record) as? Int == 9)
        #expect(value("dhcp.reply", of: record) as? Bool == false)
        #expect(value("dhcp.hostname", of: record) as? String == "?\"\\a")
    }

    @Test func tellsWhatFailed() throws {
        let quoted = FrameBytes.ipv4(17, from: 2, to: 1, FrameBytes.udp(40_000, 53))
        let message = FrameBytes.icmp(type: 3, code: 3, [0, 0, 0, 0]) + quoted
        let record = try record(0x0800, FrameBytes.ipv4(1, from: 1, to: 2, message))
        #expect(value("sighting.kind", of: record) as? String == "icmp_error")
        #expect(value("icmp.type", of: record) as? Int == 3)
        #expect(value("icmp.code", of: record) as? Int == 3)
        #expect(value("icmp.quoted.transport", of: record) as? String == "udp")
        #expect(value("icmp.quoted.source.ip", of: record) as? String == "10.0.0.2")
        #expect(value("icmp.quoted.destination.port", of: record) as? Int == 53)
    }

    @Test(arguments: [(1, "discover"), (6, "nak"), (8, "inform"), (99, "99")] as [(UInt8, String)])
    func namesKindsOfDHCP(number: UInt8, expected: String) {
        #expect(DHCPMessageName.v4(number) == expected)
    }

    @Test(arguments: [(1, "solicit"), (7, "reply"), (13, "relay-repl"), (99, "99")] as [(UInt8, String)])
    func namesKindsOfDHCPv6(number: UInt8, expected: String) {
        #expect(DHCPMessageName.v6(number) == expected)
    }
}
