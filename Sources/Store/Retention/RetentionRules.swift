/// How long and how much is remembered, by kind.
package struct RetentionRules: Hashable, Sendable {
    package struct Limit: Hashable, Sendable {
        /// Seconds.
        package var age: Int64
        /// Bytes, about.
        package var size: UInt64

        package init(age: Int64, size: UInt64) {
            self.age = age
            self.size = size
        }
    }

    /// Bytes of the whole file.
    package var size: UInt64 = 4 << 30
    package var flows = Limit(age: 7 * day, size: 2 << 30)
    package var journal = Limit(age: 30 * day, size: 256 << 20)
    package var minutes = Limit(age: 400 * day, size: 1 << 30)
    package var gaps = Limit(age: 400 * day, size: 64 << 20)
    package var alerts = Limit(age: 400 * day, size: 256 << 20)
    package var audit = Limit(age: 400 * day, size: 64 << 20)
    /// What is kept past that, until somebody lets it go.
    package var cases = CaseRules()

    /// The same, with room for something else: all cases together take half of the whole file at most.
    var boundedCases: CaseRules {
        var rules = cases
        rules.size = min(rules.size, size / 2)
        return rules
    }

    package static var day: Int64 { 86_400 }

    package init() {}
}
