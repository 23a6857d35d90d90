import Detection

/// Which alerts are wanted: all that are severe enough, of some rules, about somebody. One that asks nothing wants every alert.
package struct AlertFilter: Equatable, Sendable {
    /// The least severity, of 0 to 100.
    package var leastSeverity = 0
    /// Rules and categories of them, one of which it must be: `scan.vertical`, `scan`. None is any.
    package private(set) var rules: [String] = []

    /// Of whom they are: `from-` asks of who does it, `to-` of whom it is done to.
    package var ends = FlowFilter()

    /// The most rules that are named, and bytes of each name.
    package static var ruleLimit: Int { 64 }
    package static var nameLimit: Int { 64 }

    package init() {}

    /// Reads a severity as people write it, a word or a number from 0 to 100; nil for anything else.
    package static func severity(_ text: String) -> Int? {
        if let word = AlertSeverity(rawValue: text) { return word.least }
        guard let number = Int(text), 0...100 ~= number else { return nil }
        return number
    }

    /// Asks for rules, separated by commas; false, with nothing changed, when that cannot be the name of any.
    package mutating func ask(rules text: String) -> Bool {
        let names = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        guard names.count <= Self.ruleLimit, names.allSatisfy(Self.isName) else { return false }
        rules = names
        return true
    }

    /// Letters, digits, `_` and `.`; whether there is such a rule is not asked, as another version may have more of them.
    private static func isName(_ text: String) -> Bool {
        1...nameLimit ~= text.utf8.count
            && text.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x61...0x7a, 0x5f, 0x2e: true
                default: false
                }
            }
    }

    package func holds(of record: AlertRecord) -> Bool {
        guard holds(severity: record.severity, rule: record.rule) else { return false }
        return ends.isEmpty || ends.holds(of: FilteredFlow(record))
    }

    /// Whether an alert is wanted of which the rest is not read yet.
    package func holds(severity: Int, rule: String) -> Bool {
        guard severity >= leastSeverity else { return false }
        if rules.isEmpty || rules.contains(where: { Self.names($0, rule) }) { return true }
        // Sweeps are scans, though they are not called so.
        guard let category = Rule(rawValue: rule)?.category else { return false }
        return rules.contains(category)
    }

    /// Whether a word is a rule's identifier, or the beginning of it up to a dot.
    private static func names(_ word: String, _ rule: String) -> Bool {
        guard rule.utf8.starts(with: word.utf8) else { return false }
        let rest = rule.utf8.dropFirst(word.utf8.count)
        return rest.first.map { $0 == 0x2e } ?? true
    }
}
