/// What is said in the clear and should not be.
struct PlaintextDetectors: Sendable {
    init(_ thresholds: Thresholds) {}

    /// `levels`: how sensitive the ends are, where a policy says.
    mutating func take(_ fact: FlowFact, _ levels: FlowLevels, to alerts: inout [Alert]) {}
}
