/// Which records are written.
package struct RecordSelection: OptionSet, Sendable {
    package var rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// `flow_started`.
    package static let flowStarts = Self(rawValue: 1)
    /// `flow_updated`.
    package static let flowUpdates = Self(rawValue: 2)
    /// `flow_ended`.
    package static let flowEnds = Self(rawValue: 4)
    /// `sighting`.
    package static let sightings = Self(rawValue: 8)

    /// What a replay tells when nobody asks for more: each flow once.
    package static let standard: Self = [.flowEnds]
    /// What is told of flows while they live: their starts and their ends, and what was learned between.
    package static let flows: Self = [.flowStarts, .flowUpdates, .flowEnds]
    /// Everything there is.
    package static let all: Self = [.flowStarts, .flowUpdates, .flowEnds, .sightings]

    /// Whether flow records of this kind are among them.
    func contains(_ action: FlowAction) -> Bool {
        switch action {
        case .started: contains(.flowStarts)
        case .updated: contains(.flowUpdates)
        case .ended: contains(.flowEnds)
        }
    }
}
