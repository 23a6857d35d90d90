import Declarations

extension PolicyReader {
    static var sensitivityKeys: [String] { ["levels", "default", "outside", "rules"] }

    mutating func readLevels(_ fields: MappingFields) {
        let before = mistakes.count
        guard let names = values("levels", of: fields, limit: SensitivityLevels.limit, .levelName),
            mistakes.count == before
        else { return }
        if let node = fields["levels"] {
            if names.count < 2 { note(node.place, fields.path("levels"), "wants at least two levels, the least first") }
            if Set(names).count < names.count { note(node.place, fields.path("levels"), "has a level twice") }
        }
        policy.sensitivity.levels = SensitivityLevels(names)
    }

    mutating func readSensitivity(_ node: YAMLNode) {
        guard let fields = fields(of: node, path: path("sensitivity"), keys: Self.sensitivityKeys) else { return }
        // All files are known by now, and the last of them has the levels: here only its mistakes are of interest.
        let levels = policy.sensitivity.levels
        readLevels(fields)
        policy.sensitivity.levels = levels
        if let level = value("default", of: fields, .levelOrNone(levels)) { policy.sensitivity.fallback = level }
        if let level = value("outside", of: fields, .levelOrNone(levels)) { policy.sensitivity.outside = level }
        if let rules = elements("rules", of: fields, limit: Sensitivity.ruleLimit) {
            policy.sensitivity.rules = rules.compactMap { rule(of: $0, path: fields.path("rules")) }
        }
    }

    private mutating func rule(of node: YAMLNode, path: String) -> Sensitivity.Rule? {
        guard let fields = fields(of: node, path: path, keys: ["level"] + Self.selectorKeys) else { return nil }
        let level = required("level", of: fields, .level(policy.sensitivity.levels))
        guard let selector = selector(in: fields), let level else { return nil }
        return Sensitivity.Rule(level: level, selector: selector)
    }
}
