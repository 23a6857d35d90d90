import ArgumentParser

/// How results are printed.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json
}

/// Which records are printed.
enum EventChoice: String, ExpressibleByArgument, CaseIterable {
    case flows, all
}

/// How bad a finding is.
enum Severity: String, ExpressibleByArgument, CaseIterable {
    case low, medium, high, critical

    /// The least score of it, of 0 to 100.
    var least: Int {
        switch self {
        case .low: 0
        case .medium: 40
        case .high: 70
        case .critical: 90
        }
    }

    init(score: Int) { self = Self.allCases.last { $0.least <= score } ?? .low }
}

/// Whether text is coloured.
enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
    case auto, always, never
}
