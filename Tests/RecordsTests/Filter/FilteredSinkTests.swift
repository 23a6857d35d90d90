import Addressing
import Containers
import Flows
import Testing

@testable import Records

/// Keeps what it is told, as far as these tests ask.
private final class Told: RecordSink {
    var actions: [String] = []
    var sightings = 0
    var gaps = 0
    var sheds = 0
    var clocks = 0
    var changes = 0
    /// Of ended flows: how many count, and their packets.
    var flows = 0
    var packets: UInt64 = 0

    func flow(_ action: FlowAction, _ flow: Flow, _ book: borrowing FlowBook, _ names: FlowNames) {
        actions.append("\(action.rawValue) \(flow.destinationPort)")
        guard action == .ended else { return }
        flows += flow.repeatsTwin ? 0 : 1
        packets += flow.gain.packets
    }

    func sighting(_ sighting: Sighting, _ book: borrowing FlowBook) { sightings += 1 }

    func changed(_ entry: JournalEntry) { changes += 1 }

    func gap(_ gap: CaptureGap) { gaps += 1 }

    func shed(_ change: DetailChange) { sheds += 1 }

    func clockChanged(from: Timestamp, to: Timestamp) { clocks += 1 }
}

@Suite("Filtered records")
struct FilteredSinkTests {
    private let told = Told()

    private func sink(_ text: String) throws -> FilteredSink {
        FilteredSink(try FlowFilter(parsing: text), before: told)
    }

    private static func datagram(to port: UInt16, vlans: [UInt16] = []) -> [UInt8] {
        FrameBytes.ethernet(0x0800, vlans: vlans, FrameBytes.ipv4(17, from: 1, to: 2, FrameBytes.udp(40_000, port)))
    }

    @Test func tellsOfWantedFlowsFromBeginToEnd() throws {
        let recording = Recording(into: try sink("to-port=9"))
        for port in [UInt16(9), 10, 9] { recording.take(Self.datagram(to: port)) }
        _ = recording.lines()
        #expect(told.actions == ["flow_started 9", "flow_ended 9"])
    }

    @Test func tellsOfNothingElseButLosses() throws {
        let sink = try sink("not port=1")
        let recording = Recording(into: sink)
        let request: [UInt8] = [0, 1, 8, 0, 6, 4, 0, 1, 2, 0, 0, 0, 0, 1, 10, 0, 0, 1, 0, 0, 0, 0, 0, 0, 10, 0, 0, 2]
        recording.take(FrameBytes.ethernet(0x0806, request))
        let time = Timestamp(nanoseconds: 0)
        sink.changed(JournalEntry(time: time, change: .host(NetworkNamespace(inode: 1), name: "node-a")))
        sink.gap(
            CaptureGap(time: time, interface: "any", namespace: 1, received: 9, dropped: 1, droppedByInterface: nil)
        )
        #expect((told.sightings, told.changes, told.gaps) == (0, 0, 1))
        // There was one to leave out.
        let all = Recording(into: told)
        all.take(FrameBytes.ethernet(0x0806, request))
        #expect(told.sightings == 1)
    }

    @Test func tellsWhatIsLeftOutAndThatTheClockWasSet() throws {
        let time = Timestamp(nanoseconds: 5)
        let both = SplitSink(try sink("port=9"), try sink("port=10"))
        both.shed(DetailChange(time: time, detail: .updates, isLeftOut: true, since: time))
        both.clockChanged(from: time, to: Timestamp(nanoseconds: 0))
        #expect((told.sheds, told.clocks) == (2, 2))
    }

    /// A bare flow of two packets, and its twin in a tunnel of three; the tunnelled one ends last and repeats the other.
    @Test(
        arguments: [
            ("port=9", 1, 3), ("segment=7", 1, 3), ("not segment=7", 1, 2), ("port=10", 0, 0), ("segment=8", 0, 0),
        ] as [(String, Int, UInt64)]
    )
    func countsTwinsByWhatIsToldOfThem(text: String, flows: Int, packets: UInt64) throws {
        let recording = Recording(into: try sink(text))
        let frame = Self.datagram(to: 9)
        let tunnelled = FrameBytes.vxlan(7, from: 201, to: 202, frame)
        for bytes in [frame, frame, tunnelled, tunnelled, tunnelled] { recording.take(bytes) }
        _ = recording.lines()
        #expect((told.flows, told.packets) == (flows, packets))
    }

    @Test func segmentsAreVLANsToo() throws {
        let recording = Recording(into: try sink("segment=12"))
        recording.take(Self.datagram(to: 9, vlans: [12]))
        recording.take(Self.datagram(to: 10, vlans: [13]))
        recording.take(Self.datagram(to: 11))
        _ = recording.lines()
        #expect(told.actions.filter { $0.hasPrefix("flow_ended") } == ["flow_ended 9"])
    }

    @Test func messagesWithoutPortsHaveNone() throws {
        let recording = Recording(into: try sink("port=0"))
        recording.take(FrameBytes.ethernet(0x0800, FrameBytes.ipv4(1, from: 1, to: 2, FrameBytes.icmp(type: 8))))
        recording.take(Self.datagram(to: 0))
        _ = recording.lines()
        #expect(told.actions == ["flow_started 0", "flow_ended 0"])
    }

    @Test func asksWhoTheEndsAre() throws {
        var web = Identity(kind: .container, confidence: .certain)
        web.container = FilteredFlow.web
        web.bridgeName = "cni0"
        let outside = Identity(kind: .outside, confidence: .likely)
        let names = FlowNames(
            identities: FlowIdentities(source: SharedIdentity(web), destination: SharedIdentity(outside), hostName: nil)
        )
        for (text, count) in [
            ("from-container=web*", 1), ("to-container=*", 0), ("direction=egress", 1), ("direction=internal", 0),
            ("from-segment=cni0", 1), ("to-segment=cni0", 0),
        ] {
            told.flows = 0
            let recording = Recording(names: names, into: try sink(text))
            recording.take(Self.datagram(to: 9))
            _ = recording.lines()
            #expect(told.flows == count, "\(text)")
        }
    }
}
