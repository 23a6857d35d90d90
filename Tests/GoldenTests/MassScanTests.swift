import Addressing
import Detection
import Foundation
import Pipeline
import Policy
import Support
import Testing

/// A scan of so many ports that not each of its connections is looked at as a whole.
@Suite("Scans of thousands")
struct MassScanTests {
    private static let count = 12_000

    /// Connections that one host begins to the ports of ten, ten microseconds apart; none is answered.
    private static func capture() throws -> URL {
        var file = PacketBuilder.octets(0xd4c3_b2a1, count: 4) + [2, 0, 4, 0] + [UInt8](repeating: 0, count: 8)
        func little(_ value: Int) -> [UInt8] { PacketBuilder.octets(UInt64(value), count: 4).reversed() }
        file += little(65_535) + little(1)
        for number in 0..<count {
            let host = IPv4Address(bits: 0x0a00_0100 + UInt32(number % 10))
            let segment = PacketBuilder.tcp(from: 40_000, to: UInt16(1 + number / 10), "S")
            let packet = PacketBuilder.ipv4(segment, 6, from: IPv4Address(bits: 0x0a00_0009), to: host)
            let frame = PacketBuilder.ethernet(packet)
            file += little(1_700_000_000) + little(number * 10) + little(frame.count) + little(frame.count) + frame
        }
        let place = FileManager.default.temporaryDirectory.appending(path: "scan-\(UUID().uuidString).pcap")
        try Data(file).write(to: place)
        return place
    }

    private static func alerts(_ policy: DeclaredPolicy = DeclaredPolicy()) throws -> [Alert] {
        let place = try capture()
        defer { try? FileManager.default.removeItem(at: place) }
        var alerts: [Alert] = []
        var settings = PipelineSettings()
        settings.flows = settings.flows.judged
        let judge = DetectionSink(CompiledPolicy(policy)) { alerts.append($0) }
        _ = try ReplayedCapture.read(place.path, settings, into: judge)
        judge.finish()
        return alerts
    }

    @Test func areCountedToTheEnd() throws {
        let alerts = try Self.alerts()
        #expect(alerts.allSatisfy { "\($0.source.address)" == "10.0.0.9" && $0.rule.category == "scan" })
        let first = try #require(alerts.first)
        #expect(first.time.nanoseconds - 1_700_000_000_000_000_000 < 100_000_000)
        // Told again when there is ten times as much of it.
        let most = try #require(alerts.map(\.count).max())
        #expect(most >= Self.count / 10 && most <= Self.count)
        #expect(alerts.count <= 8)
    }

    /// Where a policy declares ways out, each connection is held against it; that changes nothing of the scan.
    @Test func areTheSameUnderAPolicyThatAsksOfEach() throws {
        var declared = DeclaredPolicy()
        declared.egress = [EgressRule()]
        let (plain, strict) = (try Self.alerts(), try Self.alerts(declared))
        #expect(strict.map(\.rule) == plain.map(\.rule))
        for (one, other) in zip(plain, strict) { #expect(abs(one.count - other.count) <= other.count / 8) }
    }
}
