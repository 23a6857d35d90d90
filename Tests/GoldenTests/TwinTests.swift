import Flows
import Foundation
import Records
import Support
import Testing

/// Captures of all of a node's devices at once: what leaves in a tunnel was seen bare before.
@Suite("Twins") struct TwinTests {
    @Test(.enabled(if: SharedCaptures.areAvailable, "no captures at PORTOLAN_CAPTURES"))
    func countsEachPacketOnceThatIsThereBareAndInATunnel() throws {
        let watch = TwinWatch()
        let capture = SharedCaptures.folder.appending(path: "lab/lab_any_sll2.pcap")
        let summary = try ReplayedCapture.read(capture.path, into: watch)
        #expect(summary.frames == 526)
        #expect(summary.packets == 263)
        #expect(summary.flows == 28)
        #expect(watch.flows.count == 56)
        #expect(watch.flows.reduce(0) { $0 + $1.frames } == 526)
        #expect(watch.flows.reduce(0) { $0 + $1.gain } == 263)
        expectThatPairsNameEachOther(watch.flows)
    }

    @Test func namesTwinsThatSeveralDevicesSaw() throws {
        let watch = TwinWatch()
        let capture = SharedCaptures.own.appending(path: "shop/shop-any.pcap")
        let summary = try ReplayedCapture.read(capture.path, into: watch)
        // The shop has one conversation a line of its table.
        let table = try FlowTableFile(SharedCaptures.own.appending(path: "shop/shop-any.flows.tsv"))
        #expect(summary.flows == UInt64(table.lines.count))
        #expect(summary.packets == watch.flows.reduce(0) { $0 + $1.gain })
        expectThatPairsNameEachOther(watch.flows)
    }

    /// A bare flow and a tunnelled one with the same ends are twins, and say so of each other.
    private func expectThatPairsNameEachOther(_ flows: [TwinWatch.Seen]) {
        for (ends, group) in Dictionary(grouping: flows, by: \.ends) {
            let bare = group.filter { !$0.isTunnelled }
            let tunnelled = group.filter(\.isTunnelled)
            if bare.count == 1, tunnelled.count == 1 {
                #expect(bare[0].twin == tunnelled[0].identifier, "\(ends)")
                #expect(tunnelled[0].twin == bare[0].identifier, "\(ends)")
            } else {
                #expect(group.count == 1, "\(ends)")
                #expect(group.allSatisfy { $0.twin == nil }, "\(ends)")
            }
        }
    }
}
