/// Why text is no filter, and where.
package struct FilterError: Error, Hashable, Sendable {
    /// What is wrong with the word.
    package enum Problem: Hashable, Sendable {
        case unknownKey(suggestion: String?)
        /// A key, or something else, that no value follows.
        case noValue
        case value(FilterValueError)
        /// `not` stands before a filter, once.
        case nothingToNegate
        case openQuote
        /// Something follows a closing quote at once.
        case notBehindQuote
        case tooLong
        case tooMany
    }

    package var problem: Problem
    /// The word in question, as it was written.
    package var word: String
    /// Where it stands: bytes of the text as UTF-8.
    package var range: Range<Int>
}

extension FilterError: CustomStringConvertible {
    package var description: String {
        switch problem {
        case .unknownKey(let suggestion):
            "\(word): no filter; "
                + (suggestion.map { "did you mean \($0)?" }
                    ?? "there are \(FilterVocabulary.criteria.map { $0.word }.joined(separator: ", "))")
        case .noValue: "\(word): a filter is written with its value, as in \(example)"
        case .value(let error): "\(word): \(error)"
        case .nothingToNegate: "\(word): it stands before a filter, once, as in not port=53"
        case .openQuote: "\(word): the quote is not closed"
        case .notBehindQuote: "\(word): a space stands behind a closing quote"
        case .tooLong: "a filter is at most \(FlowFilter.textLimit) bytes long"
        case .tooMany: "\(word): a filter has at most \(FlowFilter.termLimit) terms"
        }
    }

    private var example: String { FilterVocabulary.key(word).map { "\($0.word)=…" } ?? "container=web" }
}
