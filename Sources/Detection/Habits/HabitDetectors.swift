import Addressing

/// What is wrong with how often somebody calls, and how much he sends.
struct HabitDetectors: Sendable {
    init(_ thresholds: Thresholds) {}

    mutating func take(_ fact: FlowFact, to alerts: inout [Alert]) {}

    /// Says that it is that time, although nothing happened.
    mutating func advance(to time: Timestamp, to alerts: inout [Alert]) {}
}
