import Addressing

/// Which way a flow goes, seen from the containers here.
package struct DirectionCriterion: FilterCriterion {
    package let direction: FlowDirection

    package static var word: String { "direction" }
    package static var hasEnds: Bool { false }

    package init(value: String) throws(FilterValueError) {
        guard let direction = FlowDirection(rawValue: value.lowercased()) else {
            throw .notADirection(
                suggestion: Spelling.closest(to: value.lowercased(), among: FlowDirection.allCases.map(\.rawValue))
            )
        }
        self.direction = direction
    }

    package var description: String { direction.rawValue }

    package var needsJournal: Bool { true }

    package func holds(of flow: FilteredFlow, at side: FilterSide) -> Bool { flow.direction == direction }
}
