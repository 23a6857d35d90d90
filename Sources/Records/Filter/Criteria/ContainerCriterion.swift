package import Addressing
package import Containers

/// Who an end is: what people call the container.
package struct ContainerCriterion: EndCriterion {
    package let pattern: NamePattern
    private let isCompound: Bool

    package static var word: String { "container" }

    package init(value: String) {
        pattern = NamePattern(value)
        isCompound = value.utf8.contains(0x2f)
    }

    package var description: String { pattern.text }

    package var needsJournal: Bool { true }

    /// Of several that it may be, only identifiers are known.
    package func holds(of end: FilteredEnd) -> Bool {
        if let container = end.container, names(container) { return true }
        return end.candidates.contains { names($0) }
    }

    /// Whether it is called so: by its own name, its pod (`cart`, `shop/cart`), both (`cart/app`, `shop/cart/app`), or its
    /// identifier.
    package func names(_ container: Container) -> Bool {
        let description = container.description
        if pattern.matches(description.name) || pattern.matches(description.pod) || names(container.key) { return true }
        guard isCompound, let pod = description.pod else { return false }
        if let own = description.name, pattern.matches("\(pod)/\(own)") { return true }
        if let place = description.podNamespace, pattern.matches("\(place)/\(pod)") { return true }
        return pattern.matches(container.label)
    }

    /// The fewest digits of an identifier that name a container: as many as runtimes print.
    private static var digits: Int { 12 }

    private func names(_ key: ContainerKey) -> Bool {
        if pattern.isOpen { return pattern.matches(key.identifier) }
        if pattern.text == key.identifier { return true }
        return pattern.text.utf8.count >= Self.digits && key.identifier.utf8.starts(with: pattern.text.utf8)
    }
}
