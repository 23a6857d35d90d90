import Declarations
import Testing

@testable import Policy

/// Reads text as if it were the file `p.yaml`.
enum ReadPolicy {
    /// A line for each problem.
    static func problems(_ text: String, isSection: Bool = false, catalog: RuleCatalog = catalog) -> [String] {
        var reader = PolicyReader(catalog: catalog)
        reader.take(Array(text.utf8), of: "p.yaml", isSection: isSection)
        reader.finish()
        return reader.rejection.lines
    }

    /// What it says; a problem is a failure of the test.
    static func policy(_ texts: String..., isSection: Bool = false) throws -> DeclaredPolicy {
        var reader = PolicyReader(catalog: catalog)
        for (number, text) in texts.enumerated() {
            reader.take(Array(text.utf8), of: "p\(number).yaml", isSection: isSection)
        }
        reader.finish()
        try #require(reader.rejection.problems.isEmpty, "\(reader.rejection)")
        return reader.policy
    }

    static let catalog: RuleCatalog = {
        var catalog = RuleCatalog()
        catalog.rules = ["scan.vertical", "scan.horizontal", "crossing.undeclared", "flood.syn"]
        catalog.thresholds = [
            "scan": [
                "failures": RuleCatalog.Threshold(.count, 2...1000), "window": RuleCatalog.Threshold(.time, 1...86_400),
            ],
            "exfiltration": ["bytes": RuleCatalog.Threshold(.size, 1 << 10...1 << 40)],
        ]
        return catalog
    }()
}
