/// Which ends have which level.
package struct Sensitivity: Hashable, Sendable {
    /// A rule: whoever is meant has the level. The first that fits counts.
    package struct Rule: Hashable, Sendable {
        package var level: SensitivityLevel
        package var selector: Selector

        package init(level: SensitivityLevel, selector: Selector) {
            self.level = level
            self.selector = selector
        }
    }

    package var levels = SensitivityLevels.standard
    package var rules: [Rule] = []
    /// The level of containers that no rule fits. Nil: none is known, and nothing is said of them.
    package var fallback: SensitivityLevel?
    /// The level of whatever is outside. Nil: going there is a crossing for the highest level alone.
    package var outside: SensitivityLevel?

    package init() {}

    /// Whether nothing is declared, so that nothing can be said of crossings unless a label claims a level.
    package var abstains: Bool { rules.isEmpty && fallback == nil }

    /// The label by which a container asks for a level higher than it would have.
    package static var label: String { "portolan.sensitivity" }

    /// The most rules there may be.
    package static var ruleLimit: Int { 4096 }
}
