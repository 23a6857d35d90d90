import Addressing

/// Goes through the keys of one mapping, and says what is wrong with them.
package struct MappingKeys {
    private let section: String
    private let known: [String]
    private var lines: [String: Int] = [:]

    /// Of the section with a path, empty for the whole file, in which certain names may stand.
    package init(of section: String, known: [String]) {
        self.section = section
        self.known = known
    }

    /// The name of the next key; nil when it is none of those that may stand here. `elsewhere` says what was perhaps meant by a
    /// name that is like none of them.
    package mutating func name(
        of key: YAMLNode,
        noting mistakes: inout MistakeList,
        elsewhere: (String) -> String? = { _ in nil }
    ) -> String? {
        let place = key.place
        guard case .text(let name) = key.content else {
            mistakes.note(LocatedMistake(at: place, key: section, "a key is a word, not \(key.content.kind)"))
            return nil
        }
        if let line = lines[name] {
            mistakes.note(
                LocatedMistake(at: place, key: section, "key \(Quoted.text(name)) stands in line \(line) already")
            )
        }
        lines[name] = place.line
        if known.contains(name) { return name }
        mistakes.note(
            LocatedMistake(
                at: place,
                key: section,
                "unknown key \(Quoted.text(name))\(section.isEmpty ? "" : " in \(section)")",
                suggestion: Spelling.closest(to: name, among: known) ?? elsewhere(name)
            )
        )
        return nil
    }
}
