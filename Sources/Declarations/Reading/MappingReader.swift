/// The values of a mapping, by their keys.
package struct MappingFields {
    /// Of the mapping, for messages.
    package let path: String
    package let place: TextPlace
    fileprivate var values: [String: YAMLNode] = [:]
    /// Whether all keys were known; where not, it is of no use to say what lacks.
    package fileprivate(set) var isWhole = true

    package subscript(name: String) -> YAMLNode? { values[name] }

    package func path(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }
}

/// Whoever makes a value of a YAML text's mappings, and collects what is wrong with them.
package protocol MappingReader {
    /// Of the file that is read.
    var mistakes: MistakeList { get set }
    /// A key of its top, for messages.
    static var exampleKey: String { get }
}

extension MappingReader {
    package mutating func note(_ place: TextPlace, _ path: String, _ message: String, suggestion: String? = nil) {
        let sentence = path.isEmpty ? message : "\(path) \(message)"
        mistakes.note(LocatedMistake(at: place, key: path, sentence, suggestion: suggestion))
    }

    /// The values of a mapping in which certain keys may stand; nil where it is none. Keys with nothing behind them say nothing.
    package mutating func fields(of node: YAMLNode, path: String, keys known: [String]) -> MappingFields? {
        guard let pairs = pairs(of: node, path: path) else { return nil }
        var fields = MappingFields(path: path, place: node.place)
        var keys = MappingKeys(of: path, known: known)
        for pair in pairs {
            guard let name = keys.name(of: pair.key, noting: &mistakes) else {
                fields.isWhole = false
                continue
            }
            if case .nothing = pair.value.content { continue }
            fields.values[name] = pair.value
        }
        return fields
    }

    /// Key and value of a mapping; nil where it is none, and nothing where nothing is there.
    package mutating func pairs(of node: YAMLNode, path: String) -> [YAMLNode.Pair]? {
        switch node.content {
        case .mapping(let pairs): return pairs
        case .nothing: return []
        case let content:
            let wanted =
                path.isEmpty ? "the file wants keys such as \(Self.exampleKey):" : "\(path) wants keys of its own"
            mistakes.note(LocatedMistake(at: node.place, key: path, "\(wanted), not \(content.kind)"))
            return nil
        }
    }

    /// The value of a key; nil where it is not there, and where it is none, which is told.
    package mutating func value<Value>(_ name: String, of fields: MappingFields, _ notation: Notation<Value>) -> Value?
    {
        guard let node = fields[name] else { return nil }
        return value(of: node, path: fields.path(name), notation)
    }

    package mutating func value<Value>(of node: YAMLNode, path: String, _ notation: Notation<Value>) -> Value? {
        do throws(LocatedMistake) {
            return try notation.value(of: node, key: path)
        } catch {
            mistakes.note(error)
            return nil
        }
    }

    /// The same of a key that must be there.
    package mutating func required<Value>(
        _ name: String,
        of fields: MappingFields,
        _ notation: Notation<Value>
    ) -> Value? {
        if fields[name] == nil { note(fields.place, fields.path, "wants the key \(name), \(notation.wanted)") }
        return value(name, of: fields, notation)
    }

    /// The values of a key that has a list, or one value; nil where it is not there.
    package mutating func values<Value>(
        _ name: String,
        of fields: MappingFields,
        limit: Int,
        _ notation: Notation<Value>
    ) -> [Value]? {
        guard let node = fields[name] else { return nil }
        let path = fields.path(name)
        if case .text = node.content { return value(of: node, path: path, notation).map { [$0] } ?? [] }
        let (values, faults) = notation.list(of: node, key: path, limit: limit)
        for fault in faults { mistakes.note(fault) }
        return values
    }

    /// The elements of a key that has a list; nil where it is not there, and where it is none.
    package mutating func elements(_ name: String, of fields: MappingFields, limit: Int) -> [YAMLNode]? {
        guard let node = fields[name] else { return nil }
        guard case .list(let elements) = node.content else {
            note(node.place, fields.path(name), "wants a list, not \(node.content.kind)")
            return nil
        }
        guard elements.count <= limit else {
            note(node.place, fields.path(name), "is a list of at most \(limit), not of \(elements.count)")
            return nil
        }
        return elements
    }
}
