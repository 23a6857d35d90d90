package import Addressing
import Containers

/// A container's pod: its name, or `namespace/name`.
package struct PodCriterion: EndCriterion {
    package let pattern: NamePattern
    private let isCompound: Bool

    package static var word: String { "pod" }

    package init(value: String) {
        pattern = NamePattern(value)
        isCompound = value.utf8.contains(0x2f)
    }

    package var description: String { pattern.text }

    package var needsJournal: Bool { true }

    package func holds(of end: FilteredEnd) -> Bool {
        guard let description = end.container?.description, let pod = description.pod else { return false }
        if pattern.matches(pod) { return true }
        guard isCompound, let place = description.podNamespace else { return false }
        return pattern.matches("\(place)/\(pod)")
    }
}
