import Containers

/// What is wrong with tunnels: strangers that send into them, and those nobody sees into.
struct OverlayDetectors: Sendable {
    init(_ thresholds: Thresholds) {}

    mutating func take(_ fact: FlowFact, to alerts: inout [Alert]) {}

    mutating func take(_ entry: JournalEntry, to alerts: inout [Alert]) {}
}
