import ArgumentParser
import Records

/// What was given for one kind of filter.
struct FilterReading {
    private let criterion: any FilterCriterion.Type
    private let arguments: [FilterArgument]

    /// Takes words as `FilterArgument.marking` left them.
    init(_ criterion: any FilterCriterion.Type, _ words: [String]) {
        self.criterion = criterion
        arguments = words.map { FilterArgument(marked: $0) }
    }

    /// What they ask; the error names the option.
    func terms() throws -> [FilterTerm] {
        try arguments.map { argument in
            guard let key = FilterVocabulary.key(argument.side.rawValue + criterion.word) else {
                throw ValidationError("--\(criterion.word) has no ends")
            }
            do throws(FilterValueError) {
                return try key.term(argument.value, isNegated: argument.isNegated)
            } catch {
                throw ValidationError("\(argument.typed(criterion.word)): \(error)")
            }
        }
    }
}

extension [FilterReading] {
    /// All of them as one filter; `isNegating` when a `--not` is left that no filter took in.
    func filter(_ isNegating: Bool) throws -> FlowFilter {
        if isNegating { throw ValidationError("--not stands before a filter, once, as in --not --port 53") }
        let terms = try flatMap { try $0.terms() }
        guard terms.count <= FlowFilter.termLimit else {
            throw ValidationError("at most \(FlowFilter.termLimit) filters can be given at once")
        }
        return FlowFilter(terms)
    }
}
