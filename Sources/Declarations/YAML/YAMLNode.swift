import Yams

/// A value in a YAML text, and where it stands. What lies inside is looked at when it is asked for, so depth costs nothing.
package struct YAMLNode {
    /// A key of a mapping and what stands behind it.
    package struct Pair {
        package var key: YAMLNode
        package var value: YAMLNode
    }

    /// What a value is. Numbers and all else that is neither list nor mapping are texts: what they mean, their key says.
    package enum Content {
        case nothing
        case text(String)
        case list([YAMLNode])
        case mapping([Pair])
        /// What YAML has and we do not read, in words.
        case refused(String)
    }

    private let node: Node
    private let markers: YAMLMarkers

    init(_ node: Node, markers: YAMLMarkers) {
        self.node = node
        self.markers = markers
    }

    /// Where it begins.
    package var place: TextPlace {
        markers.original(node.mark.map { TextPlace($0) } ?? TextPlace(line: 1, column: 1))
    }

    package var content: Content {
        switch node {
        case .scalar(let scalar): Self.content(of: scalar)
        case .sequence(let sequence): .list(sequence.map { YAMLNode($0, markers: markers) })
        case .mapping(let mapping):
            .mapping(
                mapping.map { key, value in
                    Pair(key: YAMLNode(key, markers: markers), value: YAMLNode(value, markers: markers))
                }
            )
        case .alias: .refused("an alias, which is not read here")
        }
    }

    private static func content(of scalar: Node.Scalar) -> Content {
        let text = YAMLIndicators.restoring(scalar.string)
        guard scalar.style == .plain else { return .text(text) }
        if let meaning = YAMLIndicators.meaning(of: text) { return .refused(meaning) }
        // YAML 1.2, section 10.2.1.1: words for nothing.
        return ["", "~", "null", "Null", "NULL"].contains(text) ? .nothing : .text(text)
    }
}

extension YAMLNode.Content {
    /// What it is, as an object in a sentence.
    package var kind: String {
        switch self {
        case .nothing: "nothing"
        case .text(let text): Quoted.text(text)
        case .list: "a list"
        case .mapping: "a mapping"
        case .refused(let what): what
        }
    }
}
