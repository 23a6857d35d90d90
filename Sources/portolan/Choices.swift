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
}

/// Whether text is coloured.
enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
    case auto, always, never
}
