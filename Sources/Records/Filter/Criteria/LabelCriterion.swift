package import Addressing
import Containers

/// A label of a container: that it has it, or that it has a value.
package struct LabelCriterion: EndCriterion {
    package let key: NamePattern
    /// Nil for any.
    package let value: NamePattern?

    package static var word: String { "label" }

    /// `KEY` or `KEY=VALUE`; a key has no `=` in it.
    package init(value text: String) throws(FilterValueError) {
        let sign = text.utf8.firstIndex(of: 0x3d)
        guard sign != text.startIndex else { throw .noKey }
        key = NamePattern(String(text[..<(sign ?? text.endIndex)]))
        value = sign.map { NamePattern(String(text[$0...].dropFirst())) }
    }

    package var description: String { value.map { "\(key.text)=\($0.text)" } ?? key.text }

    package var needsJournal: Bool { true }

    package func holds(of end: FilteredEnd) -> Bool {
        guard let labels = end.container?.description.labels else { return false }
        guard key.isOpen else { return labels[key.text].map(isWanted) ?? false }
        return labels.contains { key.matches($0.key) && isWanted($0.value) }
    }

    private func isWanted(_ text: String) -> Bool { value?.matches(text) ?? true }
}
