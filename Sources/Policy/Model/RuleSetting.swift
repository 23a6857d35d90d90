/// What is otherwise with a rule than its detector has it. Nil is as it is there.
package struct RuleSetting: Hashable, Sendable {
    /// Whether anything is told of it.
    package var isOn: Bool?
    /// From 0 to 100.
    package var severity: Int?
    package var response: PolicyResponse?

    package init() {}

    /// What this one leaves open is as another has it.
    func filled(from other: Self) -> Self {
        var result = self
        result.isOn = isOn ?? other.isOn
        result.severity = severity ?? other.severity
        result.response = response ?? other.response
        return result
    }
}

/// What is done about something found.
package enum PolicyResponse: String, Hashable, Sendable, CaseIterable {
    /// It is told.
    case alert
    /// And the flow is stopped, where the mode is to enforce.
    case block
    /// And the container is cut off, where the mode is to enforce.
    case quarantine
}

/// How much something found matters, in words.
package enum SeverityWord: String, Hashable, Sendable, CaseIterable {
    case low, medium, high, critical

    /// From 0 to 100: low is below 40, medium below 70, high below 90.
    package var number: Int {
        switch self {
        case .low: 20
        case .medium: 40
        case .high: 70
        case .critical: 90
        }
    }
}
