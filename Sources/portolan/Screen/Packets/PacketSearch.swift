import Addressing
import Dashboard
import Flows
import Monitor
import Pipeline
import Privilege
import Records
import Synchronization

/// Looks through capture files for the packets of an edge or of a flow, on a thread of its own, and tells of them as it finds them.
///
/// Files are read as they were read for the screen: the same flows have the same names again. For an edge that is twice, as whose a
/// flow is may come out only at its end.
@safe final class PacketSearch: PacketTap, @unchecked Sendable {
    private let choice: PacketChoice
    private let options: FileSourceOptions
    private let isPlayed: Bool
    private let tell: @Sendable (PacketList) -> Void
    private let isOver = Atomic(false)
    private var thread: WorkerThread?
    // Of its thread.
    private var wanted: Set<FlowIdentifier> = []
    private var kept: KeptPackets
    private var isNews = false
    private var told: Int64 = 0

    /// Nanoseconds between two lists.
    private static var pause: Int64 { 100_000_000 }

    /// Begins to look; `isPlayed` says that what was chosen is of a file that is played. `tell` is called on its thread.
    init(
        _ choice: PacketChoice,
        _ options: FileSourceOptions,
        isPlayed: Bool,
        tell: @escaping @Sendable (PacketList) -> Void
    ) throws {
        self.choice = choice
        self.options = options
        self.isPlayed = isPlayed
        self.tell = tell
        kept = KeptPackets(choice: choice.number, isLive: false)
        thread = try WorkerThread { self.run() }
    }

    /// Looks no further, and waits until it does not.
    func end() {
        isOver.store(true, ordering: .relaxed)
        thread?.join()
        thread = nil
    }

    private var goesOn: Bool { !isOver.load(ordering: .relaxed) }

    private func run() {
        var fault: String?
        do {
            fault = try findFlows()
            if goesOn, !wanted.isEmpty {
                var replay = try FileSource.open(options, NoRecords())
                replay.hand(packetsTo: self)
                try replay.run { _ in
                    tellNews()
                    return goesOn
                }
            }
        } catch {
            fault = "\(error)"
        }
        kept.end(fault)
        if goesOn { tell(kept.taken()) }
    }

    /// Finds out which flows are wanted; returns what a person should know of it.
    private func findFlows() throws -> String? {
        switch choice.subject {
        case .flow(let identifier):
            wanted = [identifier]
            return nil
        case .alert(let source, let destination, let flows):
            let between = FlowsBetween(source, destination, choice.span)
            var replay = try FileSource.open(options, between, flows: isPlayed ? .played : FlowConfiguration())
            try replay.run { _ in goesOn }
            wanted = between.identifiers.union(flows)
            return between.isFull ? "packets of its first \(wanted.count) flows only" : nil
        case .edges(let edges):
            let flows = EdgeFlows(edges, isPlayed: isPlayed)
            var replay = try FileSource.open(options, flows, flows: isPlayed ? .played : FlowConfiguration())
            try replay.run { _ in goesOn }
            wanted = flows.identifiers
            return flows.isFull ? "packets of its first \(wanted.count) flows only" : nil
        }
    }

    private func tellNews() {
        let now = Clock.monotonic
        guard isNews, now - told >= Self.pause else { return }
        tell(kept.taken())
        isNews = false
        told = now
    }

    func wants(_ flow: PacketFlow) -> Bool { wanted.contains(flow.identifier) }

    func take(_ frame: Frame, _ bytes: RawSpan, number: UInt64, of flow: PacketFlow, at point: ObservationPoint) {
        if let span = choice.span, !span.contains(frame.time.nanoseconds) { return }
        isNews = true
        guard !kept.isFull(bytes.byteCount) else { return kept.skip() }
        kept.add(PacketList.Packet(frame, bytes, number: number, at: point))
    }
}
