import Addressing
import Containers
import Policy

/// What is wrong with tunnels: strangers that send into them, and those nobody sees into.
struct OverlayDetectors: Sendable {
    private var ends = TunnelEnds()
    private var senders: TunnelSenderDetector
    private var sources: InnerSourceDetector
    private var blindSpots = EncryptedOverlayDetector()

    static let thresholds: [String: RuleCatalog.Threshold] = [
        "flows": RuleCatalog.Threshold(.count, 2...1000),
        "grace": RuleCatalog.Threshold(.time, 0...600),
    ]

    init(_ thresholds: Thresholds) {
        senders = TunnelSenderDetector(thresholds)
        sources = InnerSourceDetector(thresholds)
    }

    mutating func apply(_ thresholds: Thresholds) {
        senders.apply(thresholds)
        sources.apply(thresholds)
    }

    mutating func take(_ fact: FlowFact, to alerts: inout [Alert]) { blindSpots.take(fact, to: &alerts) }

    /// Whether it is no news that a flow began in a tunnel, where nobody says who may send.
    func isAtHome(_ source: Imprint, behind end: IPAddress, at time: Timestamp) -> Bool {
        ends.isOpen && sources.isAtHome(source, behind: end, at: time)
    }

    /// A flow began in a tunnel; `declaration` is what the policy says of the tunnel's ends.
    mutating func take(
        _ passage: TunnelPassage,
        _ declaration: TunnelPassage.Declaration?,
        to alerts: inout [Alert]
    ) {
        senders.take(passage, ends.standing(of: passage, declaration, at: passage.time), to: &alerts)
        sources.take(passage, isOwn: ends.isOwn(passage.outer), to: &alerts)
    }

    mutating func take(_ entry: JournalEntry) { ends.take(entry) }

    /// When the first of those that wait is to be looked at again.
    var due: Timestamp { senders.due }

    /// Says that it is that time, although nothing happened.
    mutating func advance(to time: Timestamp, to alerts: inout [Alert]) {
        guard senders.isDue(at: time) else { return }
        let ends = ends
        senders.advance(to: time, isKnown: { ends.isKnown($0, at: $1) }, to: &alerts)
    }
}
