import Addressing
import Containers
import Flows
import Testing
import Wire

@testable import Detection

/// Frames read by the real dissector, as what detectors make of them.
@Suite("What hosts of a segment say")
struct HearsayTests {
    private static let mac: [UInt8] = [0x02, 0x42, 0x0a, 0, 0, 2]

    private static func sighting(_ type: [UInt8], _ payload: [UInt8]) -> Sighting? {
        let bytes = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff] + mac + type + payload
        let length = UInt32(bytes.count)
        let frames = [
            Frame(
                offset: 0,
                time: Timestamp(nanoseconds: 0),
                capturedLength: length,
                wireLength: length,
                interface: 0,
                linkType: 1
            )
        ]
        var dissector = Dissector()
        var packets = PacketBatch()
        dissector.dissect(unsafe FrameBatch(bytes: bytes.span.bytes, frames: frames.span), into: &packets)
        return unsafe Sighting(
            packets[0],
            frame: bytes.span.bytes,
            scope: 5,
            point: 3,
            time: Timestamp(nanoseconds: 1_000_000_000)
        )
    }

    private static func arp(_ operation: UInt8, from sender: [UInt8], to target: [UInt8]) -> Sighting? {
        sighting([8, 6], [0, 1, 8, 0, 6, 4, 0, operation] + mac + sender + [0, 0, 0, 0, 0, 0] + target)
    }

    private static func discovery(_ message: [UInt8], hopLimit: UInt8 = 255) -> Sighting? {
        let source: [UInt8] = [0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2]
        let header: [UInt8] = [0x60, 0, 0, 0, 0, UInt8(message.count), 58, hopLimit]
        return sighting([0x86, 0xdd], header + source + [0xff, 2] + [UInt8](repeating: 0, count: 13) + [1] + message)
    }

    private static func words(_ sighting: Sighting?) -> [String] {
        guard let sighting else { return ["unreadable"] }
        return Hearsay.of(sighting, from: nil).map { hearsay in
            let what =
                switch hearsay.kind {
                case .question(let address): "asks for \(address)"
                case .claim(let address, let hardware): "claims \(address) at \(hardware)"
                case .router(let hardware): "routes at \(hardware.map { "\($0)" } ?? "nowhere")"
                case .lease(let server): "leases as \(server)"
                }
            return "\(hearsay.speaker.address)@\(hearsay.scope) \(what)"
        }
    }

    @Test func ofARP() {
        #expect(
            Self.words(Self.arp(1, from: [10, 0, 0, 2], to: [10, 0, 0, 1]))
                == ["10.0.0.2@5 claims 10.0.0.2 at 02:42:0a:00:00:02", "10.0.0.2@5 asks for 10.0.0.1"]
        )
        #expect(
            Self.words(Self.arp(2, from: [10, 0, 0, 2], to: [10, 0, 0, 1]))
                == ["10.0.0.2@5 claims 10.0.0.2 at 02:42:0a:00:00:02"]
        )
        #expect(Self.words(Self.arp(1, from: [0, 0, 0, 0], to: [10, 0, 0, 1])) == [])
        // Gratuitous: asks for nobody else.
        #expect(Self.words(Self.arp(1, from: [10, 0, 0, 2], to: [10, 0, 0, 2])).count == 1)
    }

    @Test func ofNeighbourDiscovery() {
        let target: [UInt8] = [0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9]
        let solicitation: [UInt8] = [135, 0, 0, 0, 0, 0, 0, 0] + target
        #expect(
            Self.words(Self.discovery(solicitation))
                == ["fe80::2@5 claims fe80::2 at 02:42:0a:00:00:02", "fe80::2@5 asks for fd00::9"]
        )
        #expect(Self.words(Self.discovery(solicitation, hopLimit: 64)) == [])
        let advertisement: [UInt8] = [136, 0, 0, 0, 0x60, 0, 0, 0] + target + [2, 1, 2, 0x42, 0x0a, 0, 0, 9]
        #expect(Self.words(Self.discovery(advertisement)) == ["fe80::2@5 claims fd00::9 at 02:42:0a:00:00:09"])
        let router: [UInt8] = [134, 0, 0, 0, 64, 0, 7, 8, 0, 0, 0, 0, 0, 0, 0, 0]
        #expect(Self.words(Self.discovery(router)) == ["fe80::2@5 routes at 02:42:0a:00:00:02"])
        // A router that takes itself back offers nothing.
        #expect(Self.words(Self.discovery([134, 0, 0, 0, 64, 0, 0, 0] + [UInt8](repeating: 0, count: 8))) == [])
    }

    @Test func aContainersWordIsTheContainers() throws {
        var detectors = Detectors()
        let pod = Stream.pod("scanner", "10.0.0.2")
        for host in 101...120 as ClosedRange<UInt8> {
            let question = try #require(Self.arp(1, from: [10, 0, 0, 2], to: [10, 0, 0, host]))
            detectors.take(question, from: pod)
        }
        detectors.advance(to: Stream.time(10))
        let alerts = detectors.takeAlerts()
        #expect(alerts.map(\.rule) == [.arpSweep])
        #expect(alerts.first?.source.container?.key.identifier == "scanner")
    }
}
