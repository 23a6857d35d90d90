import Addressing

/// What is wrong with what names are asked for, of whom, and what comes back.
struct NameDetectors: Sendable {
    init(_ thresholds: Thresholds) {}

    mutating func take(_ fact: FlowFact, to alerts: inout [Alert]) {}

    /// `isResolver`: whether the policy lets the server be asked; nil where it does not say.
    mutating func take(_ answer: NameAnswer, isResolver: Bool?, to alerts: inout [Alert]) {}

    /// Says that it is that time, although nothing happened.
    mutating func advance(to time: Timestamp, to alerts: inout [Alert]) {}
}
