package import Addressing
import Containers

/// The name of a container's image, as it was asked for.
package struct ImageCriterion: EndCriterion {
    package let pattern: NamePattern

    package static var word: String { "image" }

    package init(value: String) {
        pattern = NamePattern(value)
    }

    package var description: String { pattern.text }

    package var needsJournal: Bool { true }

    package func holds(of end: FilteredEnd) -> Bool {
        pattern.matches(end.container?.description.image)
    }
}
