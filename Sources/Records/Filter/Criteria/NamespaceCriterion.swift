import Containers

/// The namespace of a container's pod.
package struct NamespaceCriterion: EndCriterion {
    package let pattern: NamePattern

    package static var word: String { "namespace" }
    package static var needsJournal: Bool { true }

    package init(value: String) {
        pattern = NamePattern(value)
    }

    package var description: String { pattern.text }

    package func holds(of end: FilteredEnd) -> Bool {
        pattern.matches(end.container?.description.podNamespace)
    }
}
