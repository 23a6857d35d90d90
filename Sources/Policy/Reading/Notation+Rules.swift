import Addressing
import Declarations

/// What a policy says of what is found.
extension Notation {
    /// A word, or a number from 0 to 100.
    static var severity: Notation<Int> {
        Notation<Int>("a severity", written: { .number($0) }) { text throws(Mistake) in
            if let word = SeverityWord(rawValue: text) { return word.number }
            if let number = WholeNumber.parse(text), number <= 100 { return number }
            let words = SeverityWord.allCases.map(\.rawValue)
            throw Mistake(
                "is one of \(words.joined(separator: ", ")), or a number from 0 to 100, not \(Quoted.text(text))",
                suggestion: Spelling.closest(to: text.lowercased(), among: words)
            )
        }
    }

    /// A rule's identifier, or a category of rules.
    static func rule(_ catalog: RuleCatalog) -> Notation<String> {
        Notation<String>("the identifier of a rule", written: { .text($0) }) { text throws(Mistake) in
            try catalog.check(
                text,
                wanted: "the identifier of a rule such as scan.vertical, or a category such as scan"
            )
            return text
        }
    }

    /// The same with stars, of which some rule there is must be meant.
    static func rulePattern(_ catalog: RuleCatalog) -> Notation<NamePattern> {
        let wanted = "the identifier of a rule, or a pattern such as scan.*"
        return Notation<NamePattern>(wanted, written: { .text($0.text) }) { text throws(Mistake) in
            let pattern = NamePattern(text)
            guard pattern.isOpen else {
                try catalog.check(text, wanted: wanted)
                return pattern
            }
            guard text.utf8.count <= 128, catalog.names(pattern) else {
                throw Mistake("wants \(wanted), and no rule is like \(Quoted.text(text))")
            }
            return pattern
        }
    }

    /// A name among some; any where they are not known.
    static func key(_ wanted: String, among names: [String]?) -> Notation<String> {
        Notation<String>("the name of \(wanted)", written: { .text($0) }) { text throws(Mistake) in
            if let names {
                if names.contains(text) { return text }
                let meant = Spelling.closest(to: text, among: names.sorted())
                throw Mistake("is not \(Quoted.text(text)), which is no name of \(wanted)", suggestion: meant)
            }
            guard RuleCatalog.isWord(text) else {
                throw Mistake("wants the name of \(wanted), not \(Quoted.text(text))")
            }
            return text
        }
    }

    /// A number as the catalog has it; a whole number, a time or a size where it does not say which.
    static func threshold(_ known: RuleCatalog.Threshold?) -> Notation<Int> {
        switch known?.kind {
        case .count?: return .integer(known?.bounds ?? 0...Int.max)
        case .size?: return .size(known?.bounds ?? 0...Int.max)
        case .time?: return measure("a time such as 5m", .time, known?.bounds)
        case nil:
            return Notation<Int>("a number, a time or a size", written: { .number($0) }) { text throws(Mistake) in
                if let number = WholeNumber.parse(text) { return number }
                let isSize = text.utf8.last == UInt8(ascii: "B")
                return try (isSize ? Measure.size : Measure.time).parse(text)
            }
        }
    }

    private static func measure(_ wanted: String, _ measure: Measure, _ bounds: ClosedRange<Int>?) -> Notation<Int> {
        Notation<Int>(wanted, written: { .text(measure.text($0)) }) { text throws(Mistake) in
            guard let bounds else { return try measure.parse(text) }
            return try measure.parse(text, bounds)
        }
    }
}

extension RuleCatalog {
    /// Throws where a text is no identifier of a rule, and no category of them.
    fileprivate func check(_ text: String, wanted: String) throws(Mistake) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard text.utf8.count <= 128, parts.allSatisfy({ Self.isWord(String($0)) }) else {
            throw Mistake("wants \(wanted), not \(Quoted.text(text))")
        }
        if rules.contains(text) { return }
        let categories = RuleCategory.allCases.map(\.rawValue)
        let category = String(parts[0])
        guard categories.contains(category) else {
            let meant =
                Spelling.closest(to: text, among: rules.sorted() + categories)
                ?? Spelling.closest(to: category, among: categories).map { ([$0] + parts.dropFirst().map(String.init)) }
                .map { $0.joined(separator: ".") }
            throw Mistake("speaks of no rule there is in \(Quoted.text(text))", suggestion: meant)
        }
        guard parts.count == 1 || rules.isEmpty else {
            throw Mistake(
                "speaks of no rule there is in \(Quoted.text(text))",
                suggestion: Spelling.closest(to: text, among: rules.sorted())
            )
        }
    }

    /// Whether some rule is called so, or may be.
    fileprivate func names(_ pattern: NamePattern) -> Bool {
        if !rules.isEmpty { return rules.contains { pattern.matches($0) } }
        let category = NamePattern(String(pattern.text.prefix { $0 != "." }))
        return RuleCategory.allCases.contains { category.matches($0.rawValue) }
    }

    /// Small letters, digits and underscores, a letter first.
    static func isWord(_ text: String) -> Bool {
        guard let first = text.utf8.first, 0x61...0x7a ~= first, text.utf8.count <= 64 else { return false }
        return text.utf8.allSatisfy { 0x61...0x7a ~= $0 || 0x30...0x39 ~= $0 || $0 == 0x5f }
    }
}
