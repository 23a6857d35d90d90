/// The rules for levels, ready to be asked: which level the selectors give that hold for an end.
///
/// A label that anybody can write may raise a level, and never lower it. So a rule that goes by one does not take the place of the
/// next that fits: of both levels the higher one counts.
struct LevelRules {
    private struct Rule {
        var place: Int
        var level: SensitivityLevel
        var isTrusted: Bool
    }

    /// The first rule of each selector.
    private var rules: [Int32: Rule] = [:]
    private let sensitivity: Sensitivity
    private let trustsClaims: Bool

    /// `number` gives each selector its number.
    init(_ policy: DeclaredPolicy, number: (Selector) -> Int32) {
        sensitivity = policy.sensitivity
        let trusted = Set(policy.trustedLabels)
        trustsClaims = trusted.contains(Sensitivity.label)
        for (place, rule) in policy.sensitivity.rules.enumerated() {
            let selector = number(rule.selector)
            guard rules[selector] == nil else { continue }
            let isTrusted = !rule.selector.relies(onLabelsBesides: trusted)
            rules[selector] = Rule(place: place, level: rule.level, isTrusted: isTrusted)
        }
    }

    /// The level that a container's labels claim; nil for none, and for a word that is no level.
    func claim(in labels: [String: String]) -> SensitivityLevel? {
        labels[Sensitivity.label].flatMap { sensitivity.levels[$0] }
    }

    /// The level of an end for which some selectors hold; nil when none is known.
    func level(
        of selectors: [Int32],
        claim: SensitivityLevel?,
        isContainer: Bool,
        isOutside: Bool
    ) -> SensitivityLevel? {
        if trustsClaims, let claim { return claim }
        var base: Rule?
        var raising: Rule?
        for rule in selectors.lazy.compactMap({ rules[$0] }) {
            if rule.isTrusted {
                if rule.place < base?.place ?? .max { base = rule }
            } else if rule.place < raising?.place ?? .max {
                raising = rule
            }
        }
        let fallback = isContainer ? sensitivity.fallback : isOutside ? sensitivity.outside : nil
        if let place = raising?.place, place > base?.place ?? .max { raising = nil }
        return [base?.level ?? fallback, raising?.level, claim].compactMap { $0 }.max()
    }
}
