/// The text of a filter: terms with blanks between them, `from-container=web* not port=53`.
extension FlowFilter {
    /// The most bytes of text that are read: room for as many terms as there may be, quoted.
    package static var textLimit: Int { 1 << 17 }

    /// Reads what a person typed. Nothing but blanks is the filter that wants everything.
    package init(parsing text: String) throws(FilterError) {
        guard text.utf8.count <= Self.textLimit else { throw FilterError(problem: .tooLong, word: "", range: 0..<0) }
        var scanner = FilterScanner(text)
        var terms: [FilterTerm] = []
        var negation: FilterWord?
        while let word = try scanner.next() {
            if word.value == nil, word.key == Self.not {
                guard negation == nil else { throw word.error(.nothingToNegate) }
                negation = word
                continue
            }
            guard terms.count < Self.termLimit else { throw word.error(.tooMany) }
            terms.append(try Self.term(word, isNegated: negation != nil))
            negation = nil
        }
        if let negation { throw negation.error(.nothingToNegate) }
        self.init(terms)
    }

    private static var not: String { "not" }

    private static func term(_ word: FilterWord, isNegated: Bool) throws(FilterError) -> FilterTerm {
        guard let key = FilterVocabulary.key(word.key) else {
            let suggestion = FilterVocabulary.suggestion(for: word.key)
            throw word.error(word.value == nil && suggestion == nil ? .noValue : .unknownKey(suggestion: suggestion))
        }
        guard let value = word.value else { throw word.error(.noValue) }
        do {
            return try key.term(value, isNegated: isNegated)
        } catch {
            throw FilterError(problem: .value(error), word: "\(word.key)=\(value)", range: word.valueRange)
        }
    }
}

extension FlowFilter: CustomStringConvertible {
    /// What `init(parsing:)` reads the same again, if there are no more terms than a person may write.
    package var description: String { terms.map(\.description).joined(separator: " ") }
}

extension FilterTerm: CustomStringConvertible {
    package var description: String {
        let key = side.rawValue + type(of: criterion).word
        return "\(isNegated ? "not " : "")\(key)=\(Self.quoted(criterion.description))"
    }

    /// In quotes where it could not be read otherwise.
    private static func quoted(_ value: String) -> String {
        guard value.utf8.first == 0x22 || value.utf8.contains(where: FilterScanner.isBlank) else { return value }
        var escaped = "\""
        for scalar in value.unicodeScalars {
            if scalar == "\"" || scalar == "\\" { escaped.unicodeScalars.append("\\") }
            escaped.unicodeScalars.append(scalar)
        }
        return escaped + "\""
    }
}

extension FilterWord {
    fileprivate func error(_ problem: FilterError.Problem) -> FilterError {
        FilterError(problem: problem, word: key, range: keyRange)
    }
}
