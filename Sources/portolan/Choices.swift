import ArgumentParser
import Records

/// How results are printed.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json
}

/// Which records are printed.
enum EventChoice: String, ExpressibleByArgument, CaseIterable {
    case flows, all
}

extension AlertSeverity: ExpressibleByArgument {}

/// Whether text is coloured.
enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
    case auto, always, never
}
