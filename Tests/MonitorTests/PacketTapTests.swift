import Addressing
import Flows
import Foundation
import Monitor
import Pipeline
import Records
import Support
import Testing

/// What a tap hands over of a flow is what the flow's record counts.
@Suite("Packets of flows")
struct PacketTapTests {
    /// Counts packets by flow, and what the records say.
    private final class Counts: RecordSink, PacketTap {
        /// Packets that every point together counted, of flows that are no part of another.
        var recorded: [FlowIdentifier: UInt64] = [:]
        var main: [FlowIdentifier: FlowIdentifier] = [:]
        var handed: [FlowIdentifier: UInt64] = [:]
        var numbers: [UInt64] = []
        var points: Set<String> = []
        var lengths = 0

        func flow(_ action: FlowAction, _ flow: Flow, _ book: borrowing FlowBook, _ names: FlowNames) {
            guard action == .ended else { return }
            if let joined = flow.joinedTo {
                main[flow.identifier] = joined
            } else {
                recorded[flow.identifier] = book.path(of: flow).reduce(0) { $0 + $1.packets }
            }
        }

        func sighting(_ sighting: Sighting, _ book: borrowing FlowBook) {}

        func wants(_ flow: PacketFlow) -> Bool { true }

        func take(_ frame: Frame, _ bytes: RawSpan, number: UInt64, of flow: PacketFlow, at point: ObservationPoint) {
            handed[flow.identifier, default: 0] += 1
            numbers.append(number)
            if let interface = point.interface { points.insert(interface) }
            lengths += bytes.byteCount
        }

        /// What was handed over, of flows as their records call them.
        var sums: [FlowIdentifier: UInt64] {
            var sums: [FlowIdentifier: UInt64] = [:]
            for (flow, count) in handed { sums[main[flow] ?? flow, default: 0] += count }
            return sums
        }
    }

    private static func counts(_ path: String) throws -> (counts: Counts, frames: UInt64) {
        let counts = Counts()
        var replay = try Replay(paths: [path], filter: nil, settings: PipelineSettings(), sink: counts)
        replay.hand(packetsTo: counts)
        try replay.run { _ in true }
        return (counts, replay.summary.frames)
    }

    @Test(arguments: ["first/first.pcap", "shop/shop-node-a.pcapng", "shop/shop-any.pcap", "tenants/tenants.pcap"])
    func everyPacketOfAFlowIsHandedOver(_ name: String) throws {
        let (counts, frames) = try Self.counts(SharedCaptures.own.appendingPathComponent(name).path)
        #expect(!counts.recorded.isEmpty)
        #expect(counts.sums == counts.recorded)
        #expect(counts.numbers == counts.numbers.sorted())
        #expect(Set(counts.numbers).count == counts.numbers.count)
        #expect((counts.numbers.first ?? 0) >= 1 && (counts.numbers.last ?? 0) <= frames)
    }

    @Test(
        .enabled(if: SharedCaptures.areAvailable),
        arguments: ["vxlan", "geneve", "gre-erspan", "ipip-6in4", "vlan-mpls-pppoe", "ipv6-ext", "tcp", "scans"]
    )
    func andSoInCapturesOfOthers(_ folder: String) throws {
        let files = try FileManager.default.contentsOfDirectory(
            at: SharedCaptures.folder.appendingPathComponent(folder),
            includingPropertiesForKeys: nil
        ).filter { ["pcap", "pcapng", "cap"].contains($0.pathExtension) }.prefix(12)
        #expect(!files.isEmpty)
        for file in files {
            let (counts, _) = try Self.counts(file.path)
            // Fragments that came before their first are counted, and not handed over.
            let handed = counts.sums.values.reduce(0, +)
            let recorded = counts.recorded.values.reduce(0, +)
            #expect(handed <= recorded, "\(file.lastPathComponent)")
            let equal = counts.recorded.count { counts.sums[$0.key] == $0.value }
            #expect(
                equal * 100 >= counts.recorded.count * 99,
                "\(file.lastPathComponent): \(equal) of \(counts.recorded.count)"
            )
        }
    }
}
