import Addressing
package import Containers

/// Finds the selectors that hold for a container, as far as they ask for what only a container has.
///
/// Those that name something whole are found by it; only those that have nothing but patterns are tried one after the other. Either is
/// done once for a container, not for a flow.
struct SelectorIndex {
    /// What a selector names whole, by which it is found.
    private enum Anchor: Hashable {
        case label(String, String)
        case labelKey(String)
        case image(String)
        case name(String)
        case namespace(String)
        case pod(String)
        case network(String)
    }

    private let selectors: [Selector]
    private var anchored: [Anchor: [Int32]] = [:]
    private var unanchored: [Int32] = []

    init(_ selectors: [Selector]) {
        self.selectors = selectors
        for (number, selector) in selectors.enumerated() where selector.needsContainer {
            let anchors = Self.anchors(of: selector)
            if anchors.isEmpty { unanchored.append(Int32(number)) }
            for anchor in Set(anchors) { anchored[anchor, default: []].append(Int32(number)) }
        }
    }

    /// Any of these must be there for a selector to hold; none where that cannot be said of anything whole.
    private static func anchors(of selector: Selector) -> [Anchor] {
        for (patterns, anchor) in [
            (selector.names, Anchor.name), (selector.images, Anchor.image), (selector.pods, Anchor.pod),
            (selector.networks, Anchor.network), (selector.namespaces, Anchor.namespace),
        ] where !patterns.isEmpty && patterns.allSatisfy({ !$0.isOpen }) {
            return patterns.map { anchor($0.text) }
        }
        if let label = selector.labels.first(where: { $0.value?.isOpen == false }), let value = label.value {
            return [.label(label.key, value.text)]
        }
        return selector.labels.first.map { [.labelKey($0.key)] } ?? []
    }

    /// The numbers of those that hold, in order.
    func holding(of description: ContainerDescription) -> [Int32] {
        var anchors: [Anchor] = []
        if let name = description.name { anchors.append(.name(name)) }
        if let image = description.image { anchors.append(.image(image)) }
        if let namespace = description.podNamespace { anchors.append(.namespace(namespace)) }
        if let pod = description.pod { anchors.append(.pod(pod)) }
        for network in description.networks ?? [] { anchors.append(.network(network)) }
        for (key, value) in description.labels { anchors += [.label(key, value), .labelKey(key)] }
        var candidates = Set(unanchored)
        for anchor in anchors { candidates.formUnion(anchored[anchor] ?? []) }
        return candidates.filter { selectors[Int($0)].holds(of: description) }.sorted()
    }
}

extension Selector {
    /// Whether what it asks for of a container holds; blocks of addresses and segments are not asked about.
    package func holds(of description: ContainerDescription) -> Bool {
        labels.allSatisfy { $0.holds(of: description.labels) }
            && Self.matches(images, description.image) && Self.matches(names, description.name)
            && Self.matches(namespaces, description.podNamespace) && Self.matches(pods, description.pod)
            && (networks.isEmpty || (description.networks ?? []).contains { Self.matches(networks, $0) })
    }

    private static func matches(_ patterns: [NamePattern], _ name: String?) -> Bool {
        patterns.isEmpty || patterns.contains { $0.matches(name) }
    }
}

extension LabelSelector {
    fileprivate func holds(of labels: [String: String]) -> Bool {
        guard let value = labels[key] else { return false }
        return self.value?.matches(value) ?? true
    }
}
