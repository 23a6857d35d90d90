import Flows
import Foundation
import Testing

@testable import Records

@Suite("Where a flow was")
struct PlaceRecordTests {
    private let inner = FrameBytes.ipv4(17, from: 1, to: 2, FrameBytes.udp(40_000, 9999))

    @Test func namesTheTunnelAroundAFlow() throws {
        let recording = Recording()
        recording.take(FrameBytes.vxlan(4096, from: 101, to: 102, FrameBytes.ethernet(0x0800, inner)))
        let record = try recording.record()
        #expect(value("source.ip", of: record) as? String == "10.0.0.1")
        #expect(value("tunnel.type", of: record) as? String == "vxlan")
        #expect(value("tunnel.id", of: record) as? Int == 4096)
        #expect(value("tunnel.source.ip", of: record) as? String == "10.0.0.101")
        #expect(value("tunnel.source.port", of: record) as? Int == 49_152)
        #expect(value("tunnel.destination.ip", of: record) as? String == "10.0.0.102")
        #expect(value("tunnel.destination.port", of: record) as? Int == 4789)
        #expect(value("segment.id", of: record) as? Int == 4096)
        #expect(value("tunnel.depth", of: record) == nil)
        #expect(value("tunnel.stack", of: record) == nil)
    }

    @Test func saysHowDeepTunnelsNest() throws {
        let recording = Recording()
        let once = FrameBytes.vxlan(7, from: 101, to: 102, FrameBytes.ethernet(0x0800, inner))
        recording.take(FrameBytes.vxlan(8, from: 201, to: 202, once))
        let record = try recording.record()
        #expect(value("tunnel.id", of: record) as? Int == 7)
        #expect(value("tunnel.depth", of: record) as? Int == 2)
        #expect(value("tunnel.stack", of: record) as? [String] == ["vxlan", "vxlan"])
    }

    @Test func givesIPInIPNeitherIdentifierNorPorts() throws {
        let recording = Recording()
        recording.take(FrameBytes.ethernet(0x0800, FrameBytes.ipv4(4, from: 101, to: 102, inner)))
        let record = try recording.record()
        #expect(value("tunnel.type", of: record) as? String == "ipip")
        #expect(value("tunnel.id", of: record) == nil)
        #expect(value("tunnel.source.port", of: record) == nil)
        #expect(value("tunnel.source.ip", of: record) as? String == "10.0.0.101")
    }

    @Test func numbersVLANsAsECSDoes() throws {
        let one = Recording()
        one.take(FrameBytes.ethernet(0x0800, vlans: [42], inner))
        let single = try one.record()
        #expect(value("network.vlan.id", of: single) as? Int == 42)
        #expect(value("network.inner", of: single) == nil)
        #expect(value("segment.id", of: single) as? Int == 42)

        let two = Recording()
        two.take(FrameBytes.ethernet(0x0800, vlans: [100, 7], inner))
        let double = try two.record()
        #expect(value("network.vlan.id", of: double) as? Int == 100)
        #expect(value("network.inner.vlan.id", of: double) as? Int == 7)
        #expect(value("segment.id", of: double) as? Int == 100 * 4096 + 7)
    }

    @Test func listsAllPointsThatSawAFlow() throws {
        let points = [
            ObservationPoint(interface: "veth0", interfaceIndex: 7, namespace: 4_026_532_281, timestampDigits: 3),
            ObservationPoint(interface: "e\"th\u{1b}0", timestampDigits: 9),
        ]
        let recording = Recording(points: points)
        for interface in [UInt32(0), 1, 0] {
            recording.take(FrameBytes.ethernet(0x0800, inner), at: Int64(interface), interface: interface)
        }
        let record = try recording.record()
        let path = try #require(value("observer.path", of: record) as? [[String: Any]])
        try #require(path.count == 2)
        #expect(path[0]["interface"] as? String == "veth0")
        #expect(path[0]["ifindex"] as? Int == 7)
        #expect(path[0]["netns"] as? Int == 4_026_532_281)
        #expect(path[0]["packets"] as? Int == 2)
        #expect(path[0]["bytes"] as? Int == 56)
        #expect(path[1]["interface"] as? String == "e\"th\u{1b}0")
        #expect(path[1]["ifindex"] == nil)
        #expect(path[1]["packets"] as? Int == 1)
        #expect(value("event.start", of: record) as? String == "2024-02-29T12:00:00.000Z")
    }
}
