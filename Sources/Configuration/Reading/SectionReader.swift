/// Takes the values of one file over into a configuration, section by section.
struct SectionReader {
    private(set) var configuration: Configuration
    /// At most `ConfigurationBounds.problems`.
    private(set) var mistakes: [LocatedMistake] = []
    /// How many there are beyond those.
    private(set) var omitted = 0

    init(configuration: Configuration) {
        self.configuration = configuration
    }

    /// Reads the keys of a section; the empty path is the whole file. One with nothing in it says nothing.
    mutating func read(_ node: YAMLNode, path: String) {
        switch node.content {
        case .nothing: return
        case .mapping(let pairs): read(pairs, path: path)
        case let content:
            let wanted = path.isEmpty ? "the file wants sections such as capture:" : "\(path) wants keys of its own"
            note(LocatedMistake(at: node.place, key: path, "\(wanted), not \(content.kind)"))
        }
    }

    private mutating func read(_ pairs: [YAMLNode.Pair], path: String) {
        let known = ConfigurationSchema.names(in: path)
        var lines: [String: Int] = [:]
        for pair in pairs {
            let place = pair.key.place
            guard case .text(let name) = pair.key.content else {
                note(LocatedMistake(at: place, key: path, "a key is a word, not \(pair.key.content.kind)"))
                continue
            }
            if let line = lines[name] {
                let message = "key \(Quoted.text(name)) stands in line \(line) already"
                note(LocatedMistake(at: place, key: path, message))
            }
            lines[name] = place.line
            if known.contains(name) {
                read(pair.value, of: path.isEmpty ? name : "\(path).\(name)")
            } else {
                note(Self.unknown(name, at: place, in: path))
            }
        }
    }

    private mutating func read(_ value: YAMLNode, of path: String) {
        guard let key = ConfigurationSchema.key(path) else {
            read(value, path: path)
            return
        }
        for mistake in key.read(value, &configuration) { note(mistake) }
    }

    private static func unknown(_ name: String, at place: ConfigurationPlace, in section: String) -> LocatedMistake {
        let location = section.isEmpty ? "" : " in \(section)"
        return LocatedMistake(
            at: place,
            key: section,
            "unknown key \(Quoted.text(name))\(location)",
            suggestion: ConfigurationSchema.suggestion(for: name, in: section)
        )
    }

    /// Not even put into words where there are too many.
    private mutating func note(_ mistake: @autoclosure () -> LocatedMistake) {
        if mistakes.count < ConfigurationBounds.problems {
            mistakes.append(mistake())
        } else {
            omitted += 1
        }
    }
}
