import Addressing

/// All that can be asked of flows.
package enum FilterVocabulary {
    /// Every kind of filter there is, in the order they are listed in.
    package static let criteria: [any FilterCriterion.Type] = [
        ContainerCriterion.self, ImageCriterion.self, LabelCriterion.self, NamespaceCriterion.self, PodCriterion.self,
        AddressCriterion.self, PortCriterion.self, SegmentCriterion.self, ProtocolCriterion.self,
        DirectionCriterion.self,
    ]

    /// What filters begin with: `container`, `from-container`, `to-container` and so on.
    package static let keys: [FilterKey] = criteria.flatMap { criterion in
        (criterion.hasEnds ? FilterSide.allCases : [.either]).map { FilterKey(criterion, at: $0) }
    }

    /// What such a word means; nil when it means nothing.
    package static func key(_ word: some StringProtocol) -> FilterKey? {
        keys.first { $0.word == word }
    }

    /// The word that was perhaps meant.
    package static func suggestion(for word: String) -> String? {
        Spelling.closest(to: word, among: keys.map(\.word))
    }
}
