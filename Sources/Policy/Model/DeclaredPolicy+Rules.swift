extension DeclaredPolicy {
    /// What is otherwise with a rule than its detector has it; what is said of it counts before what is said of its category.
    package func setting(of rule: String) -> RuleSetting {
        let category = String(rule.prefix { $0 != "." })
        let common = rules[category] ?? RuleSetting()
        return rules[rule]?.filled(from: common) ?? common
    }
}
