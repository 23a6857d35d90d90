/// A criterion, which end it is asked of, and whether it must hold or must not.
package struct FilterTerm: Sendable {
    package var isNegated: Bool
    package var side: FilterSide
    package var criterion: any FilterCriterion

    package init(isNegated: Bool = false, side: FilterSide = .either, criterion: any FilterCriterion) {
        self.isNegated = isNegated
        self.side = side
        self.criterion = criterion
    }

    /// Alternatives are those that ask the same of the same end.
    func isAlternative(to other: Self) -> Bool {
        side == other.side && type(of: criterion) == type(of: other.criterion)
    }

    func holds(of flow: FilteredFlow) -> Bool { criterion.holds(of: flow, at: side) }
}

extension FilterTerm: Equatable {
    package static func == (left: Self, right: Self) -> Bool {
        left.isNegated == right.isNegated && left.side == right.side && left.criterion.isEqual(to: right.criterion)
    }
}
