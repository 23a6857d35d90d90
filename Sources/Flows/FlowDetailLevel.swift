/// How much a flow table finds out and tells beyond what it counts; may be changed while it runs.
public struct FlowDetailLevel: Hashable, Sendable {
    /// About how often running flows are told of, in whole seconds of packet time; nil: not at all. Less than 1 counts as 1.
    public var updateInterval: Int64?
    /// Whether first payloads are looked at: protocols, names, and what DNS answers.
    public var inspects: Bool

    public init(updateInterval: Int64?, inspects: Bool) {
        self.updateInterval = updateInterval
        self.inspects = inspects
    }

    /// What a configuration asks for.
    public init(_ configuration: FlowConfiguration) {
        self.init(
            updateInterval: configuration.reportsUpdates ? configuration.updateInterval : nil,
            inspects: configuration.inspections > 0
        )
    }
}
