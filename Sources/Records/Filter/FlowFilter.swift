/// Which flows are wanted: Hubble's filters. `Docs/Filters.md` has the language.
///
/// Terms that ask the same of the same end are alternatives; of each such group one must hold; of negated terms none may.
/// A filter without terms wants everything.
package struct FlowFilter: Sendable {
    /// As they were written.
    package let terms: [FilterTerm]
    private let alternatives: [[FilterTerm]]
    private let exclusions: [FilterTerm]

    /// The most terms of one filter that anybody may write.
    package static var termLimit: Int { 64 }
    /// The most bytes of a value.
    package static var valueLimit: Int { 512 }

    package init(_ terms: [FilterTerm] = []) {
        self.terms = terms
        exclusions = terms.filter(\.isNegated)
        var groups: [[FilterTerm]] = []
        for term in terms where !term.isNegated {
            if let group = groups.firstIndex(where: { $0[0].isAlternative(to: term) }) {
                groups[group].append(term)
            } else {
                groups.append([term])
            }
        }
        alternatives = groups
    }

    /// Whether it wants everything.
    package var isEmpty: Bool { terms.isEmpty }

    /// Whether a flow is wanted. Allocates nothing but for names that are made of several, `shop/cart`.
    package func holds(of flow: FilteredFlow) -> Bool {
        holds { $0.holds(of: flow) }
    }

    /// Whether an end by itself is wanted, such as a container that is listed; what asks of flows holds of none.
    package func holds(of end: FilteredEnd) -> Bool {
        holds { ($0.criterion as? any EndCriterion)?.holds(of: end) ?? false }
    }

    private func holds(_ isSo: (FilterTerm) -> Bool) -> Bool {
        for term in exclusions where isSo(term) { return false }
        for group in alternatives where !group.contains(where: isSo) { return false }
        return true
    }

    /// Words of the terms that say nothing where no identity journal is kept.
    package var wordsThatNeedJournal: [String] {
        var words: [String] = []
        for term in terms where term.criterion.needsJournal {
            let word = term.side.rawValue + type(of: term.criterion).word
            if !words.contains(word) { words.append(word) }
        }
        return words
    }
}

extension FlowFilter: Equatable {
    package static func == (left: Self, right: Self) -> Bool { left.terms == right.terms }
}
