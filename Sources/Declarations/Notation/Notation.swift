/// How values of a kind are written in a file, and read from it.
package struct Notation<Value: Sendable>: Sendable {
    /// What is wanted, in words: `a size such as 16MiB`.
    package let wanted: String
    package let parse: @Sendable (String) throws(Mistake) -> Value
    package let written: @Sendable (Value) -> WrittenValue

    package init(
        _ wanted: String,
        written: @escaping @Sendable (Value) -> WrittenValue,
        parse: @escaping @Sendable (String) throws(Mistake) -> Value
    ) {
        self.wanted = wanted
        self.written = written
        self.parse = parse
    }

    /// The value of a node that is to be one of this kind.
    package func value(of node: YAMLNode, key: String) throws(LocatedMistake) -> Value {
        guard case .text(let text) = node.content else {
            throw LocatedMistake(at: node.place, key: key, "\(key) wants \(wanted), not \(node.content.kind)")
        }
        guard text.utf8.count <= TextBounds.textLength else {
            throw LocatedMistake(
                at: node.place,
                key: key,
                "\(key) wants \(wanted), not a text of \(text.utf8.count) bytes"
            )
        }
        do throws(Mistake) {
            return try parse(text)
        } catch {
            throw LocatedMistake(
                at: node.place,
                key: key,
                "\(key) \(error.message)",
                suggestion: error.suggestion
            )
        }
    }

    /// The values of a node that is to be a list of them, and what is wrong with it.
    package func list(of node: YAMLNode, key: String, limit: Int) -> ([Value], [LocatedMistake]) {
        guard case .list(let elements) = node.content else {
            let message = "\(key) wants a list, not \(node.content.kind)"
            return ([], [LocatedMistake(at: node.place, key: key, message)])
        }
        guard elements.count <= limit else {
            let message = "\(key) is a list of at most \(limit), not of \(elements.count)"
            return ([], [LocatedMistake(at: node.place, key: key, message)])
        }
        var values: [Value] = []
        var mistakes: [LocatedMistake] = []
        for element in elements {
            do throws(LocatedMistake) {
                values.append(try value(of: element, key: key))
            } catch {
                mistakes.append(error)
            }
        }
        return (values, mistakes)
    }
}
