/// How much something found matters, in words.
package enum AlertSeverity: String, Hashable, Sendable, CaseIterable {
    case low, medium, high, critical

    /// The least number, of 0 to 100, that is called so.
    package var least: Int {
        switch self {
        case .low: 0
        case .medium: 40
        case .high: 70
        case .critical: 90
        }
    }

    /// What a number from 0 to 100 is called.
    package init(_ number: Int) { self = Self.allCases.last { $0.least <= number } ?? .low }
}
