/// What a filter asks, without the value: `from-port`.
package struct FilterKey: Sendable {
    package let criterion: any FilterCriterion.Type
    package let side: FilterSide
    /// As it is written.
    package let word: String

    init(_ criterion: any FilterCriterion.Type, at side: FilterSide) {
        self.criterion = criterion
        self.side = side
        word = side.rawValue + criterion.word
    }

    /// The filter with that value.
    package func term(_ value: String, isNegated: Bool = false) throws(FilterValueError) -> FilterTerm {
        guard !value.isEmpty else { throw .empty }
        guard value.utf8.count <= FlowFilter.valueLimit else { throw .tooLong }
        return FilterTerm(isNegated: isNegated, side: side, criterion: try criterion.init(value: value))
    }
}
