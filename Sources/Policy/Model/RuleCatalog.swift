/// The rules and thresholds there are. Who detects hands it in, so that a policy that names others is told so; with an empty one
/// only the categories of rules are known.
package struct RuleCatalog: Hashable, Sendable {
    /// A number of a detector that a policy may set, and what it may be.
    package struct Threshold: Hashable, Sendable {
        package enum Kind: Hashable, Sendable {
            case count
            /// In seconds; written with a unit.
            case time
            /// In bytes; written with a unit.
            case size
        }

        package var kind: Kind
        package var bounds: ClosedRange<Int>

        package init(_ kind: Kind, _ bounds: ClosedRange<Int>) {
            self.kind = kind
            self.bounds = bounds
        }
    }

    /// Identifiers of rules; empty where they are not known.
    package var rules: Set<String> = []
    /// Thresholds by detector and name; empty where they are not known.
    package var thresholds: [String: [String: Threshold]] = [:]

    package init() {}
}

/// Which threshold of which detector.
package struct ThresholdKey: Hashable, Comparable, Sendable {
    package var detector: String
    package var name: String

    package init(_ detector: String, _ name: String) {
        self.detector = detector
        self.name = name
    }

    package static func < (left: Self, right: Self) -> Bool {
        left.detector != right.detector ? left.detector < right.detector : left.name < right.name
    }
}
