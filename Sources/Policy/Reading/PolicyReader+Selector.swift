import Addressing
import Declarations

extension PolicyReader {
    /// The keys of a selector.
    static var selectorKeys: [String] {
        ["label", "image", "name", "namespace", "pod", "network", "segment", "cidr"]
    }

    /// The most values of one kind.
    private static var limit: Int { 256 }

    /// A selector that is a mapping of its own; nil where something is wrong with it.
    mutating func selector(of node: YAMLNode, path: String) -> Selector? {
        guard let fields = fields(of: node, path: path, keys: Self.selectorKeys) else { return nil }
        return selector(in: fields)
    }

    /// The same of one that lets somebody do something, or spares him: only trusted labels may say so.
    mutating func exemptingSelector(of node: YAMLNode, path: String) -> Selector? {
        guard let selector = selector(of: node, path: path) else { return nil }
        let trusted = Set(policy.trustedLabels)
        guard let label = selector.labels.first(where: { !trusted.contains($0.key) }) else { return selector }
        note(
            node.place,
            path,
            "goes by the label \(Quoted.text(label.key)), which any container can have; name it in trusted_labels"
                + " if only you can set it"
        )
        return nil
    }

    /// The keys of a selector among others of a mapping.
    mutating func selector(in fields: MappingFields) -> Selector? {
        let before = mistakes.count
        var selector = Selector()
        selector.labels = values("label", of: fields, limit: Self.limit, .labelSelector) ?? []
        selector.images = patterns("image", "the name of an image", fields)
        selector.names = patterns("name", "the name of a container", fields)
        selector.namespaces = patterns("namespace", "the name of a namespace", fields)
        selector.pods = patterns("pod", "the name of a pod", fields)
        selector.networks = patterns("network", "the name of a network", fields)
        selector.segments = patterns("segment", "the name or number of a segment", fields)
        selector.blocks = values("cidr", of: fields, limit: Self.limit, .block) ?? []
        guard mistakes.count == before else { return nil }
        if selector.isEmpty {
            if !fields.isWhole { return nil }
            note(fields.place, fields.path, "wants one of \(Self.selectorKeys.joined(separator: ", "))")
            return nil
        }
        return selector
    }

    private mutating func patterns(_ name: String, _ wanted: String, _ fields: MappingFields) -> [NamePattern] {
        values(name, of: fields, limit: Self.limit, .pattern(wanted)) ?? []
    }
}
