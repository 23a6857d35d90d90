package import Addressing

/// Who is meant: a container by what is known of it, or an end by where it is.
///
/// All kinds that are named must hold. Of names of one kind one is enough, as nobody has two; of labels all must be there.
package struct Selector: Hashable, Sendable {
    package var labels: [LabelSelector] = []
    /// Images, as they were asked for: `*/postgres:*`.
    package var images: [NamePattern] = []
    /// Names of containers, without a slash before them.
    package var names: [NamePattern] = []
    /// Of Kubernetes or podman.
    package var namespaces: [NamePattern] = []
    package var pods: [NamePattern] = []
    /// Networks of the runtime that it is attached to.
    package var networks: [NamePattern] = []
    /// The layer-2 network it is in: a VNI or VLAN by its number, or a bridge by its name.
    package var segments: [NamePattern] = []
    package var blocks: [IPPrefix] = []

    package init() {}

    /// Whether it names nothing, and so would mean everybody.
    package var isEmpty: Bool { self == Self() }

    /// Whether it asks what only a container has.
    package var needsContainer: Bool {
        !(labels.isEmpty && images.isEmpty && names.isEmpty && namespaces.isEmpty && pods.isEmpty && networks.isEmpty)
    }

    /// Whether it holds because of a label alone that anybody who makes a container or its image can write.
    package func relies(onLabelsBesides trusted: Set<String>) -> Bool {
        labels.contains { !trusted.contains($0.key) }
    }
}

/// A label a container has, with any value or with one like a pattern.
package struct LabelSelector: Hashable, Sendable {
    package var key: String
    /// Nil for any.
    package var value: NamePattern?

    package init(key: String, value: NamePattern? = nil) {
        self.key = key
        self.value = value
    }
}

extension LabelSelector: CustomStringConvertible {
    package var description: String { value.map { "\(key)=\($0.text)" } ?? key }
}
