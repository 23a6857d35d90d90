import Addressing
import Dashboard
import Flows
import Graph
import Pipeline

/// The newest packets of an edge or of a flow, as they come.
///
/// Lives on the thread that captures, and costs it so much and no more: between two lists `budget` packets are kept, and the others
/// counted.
final class LivePackets: PacketTap {
    private let choice: PacketChoice
    /// The graph that tells which edge a flow counts on.
    private let drawn: GraphSink
    private var kept: KeptPackets
    private var left = LivePackets.budget
    private var isNews = true
    /// Packets of flows of which it has not come out yet whose they are: starts wait a moment for names.
    private var waiting: [Waiting] = []
    private var waitingFlows: Set<UInt32> = []

    private struct Waiting {
        var flow: UInt32
        var packet: PacketList.Packet
    }

    /// Packets that are kept between two lists.
    private static var budget: Int { 1000 }
    /// Packets that wait.
    private static var waitingLimit: Int { 256 }

    init(_ choice: PacketChoice, in drawn: GraphSink) {
        self.choice = choice
        self.drawn = drawn
        kept = KeptPackets(choice: choice.number, isLive: true)
    }

    /// Whether a flow is of those that were chosen; nil where nobody knows yet.
    private func isChosen(_ serial: UInt32, _ edges: Set<EdgeKey>) -> Bool? {
        drawn.graph.edge(of: serial).map { edges.contains($0) }
    }

    func wants(_ flow: PacketFlow) -> Bool {
        switch choice.subject {
        case .flow(let identifier): flow.identifier == identifier
        case .alert(_, _, let flows): flows.contains(flow.identifier)
        case .edges(let edges): isChosen(flow.serial, edges) ?? true
        }
    }

    func take(_ frame: Frame, _ bytes: RawSpan, number: UInt64, of flow: PacketFlow, at point: ObservationPoint) {
        guard case .edges(let edges) = choice.subject, isChosen(flow.serial, edges) == nil else {
            // What waited of the same flow came before.
            if waitingFlows.contains(flow.serial) { settle() }
            guard spend() else { return }
            return kept.add(PacketList.Packet(frame, bytes, number: nil, at: point))
        }
        guard waiting.count < Self.waitingLimit else { return }
        waiting.append(Waiting(flow: flow.serial, packet: PacketList.Packet(frame, bytes, number: nil, at: point)))
        waitingFlows.insert(flow.serial)
    }

    private func spend() -> Bool {
        isNews = true
        guard left > 0 else {
            kept.skip()
            return false
        }
        left -= 1
        return true
    }

    /// Keeps of those that wait the ones that turned out to be wanted.
    private func settle() {
        guard case .edges(let edges) = choice.subject else { return }
        waiting.removeAll { one in
            guard let isChosen = isChosen(one.flow, edges) else { return false }
            if isChosen, spend() { kept.add(one.packet) }
            return true
        }
        waitingFlows = Set(waiting.map(\.flow))
    }

    /// What there is since it was asked last; nil where that is nothing. To be asked some times a second.
    func takeNews() -> PacketList? {
        settle()
        // Of what has no edge by now, nobody will say any more whose it is.
        if waiting.count == Self.waitingLimit {
            waiting.removeAll()
            waitingFlows = []
        }
        left = Self.budget
        guard isNews else { return nil }
        isNews = false
        return kept.taken()
    }
}
