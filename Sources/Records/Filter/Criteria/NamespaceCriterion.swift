package import Addressing
import Containers

/// The namespace of a container's pod.
package struct NamespaceCriterion: EndCriterion {
    package let pattern: NamePattern

    package static var word: String { "namespace" }

    package init(value: String) {
        pattern = NamePattern(value)
    }

    package var description: String { pattern.text }

    package var needsJournal: Bool { true }

    package func holds(of end: FilteredEnd) -> Bool {
        pattern.matches(end.container?.description.podNamespace)
    }
}
