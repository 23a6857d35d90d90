/// Takes the values of one file over into a configuration, section by section.
struct SectionReader {
    private(set) var configuration: Configuration
    private(set) var mistakes: [LocatedMistake] = []

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
            mistakes.append(LocatedMistake(at: node.place, key: path, "\(wanted), not \(content.kind)"))
        }
    }

    private mutating func read(_ pairs: [YAMLNode.Pair], path: String) {
        var lines: [String: Int] = [:]
        for pair in pairs {
            let place = pair.key.place
            guard case .text(let name) = pair.key.content else {
                mistakes.append(LocatedMistake(at: place, key: path, "a key is a word, not \(pair.key.content.kind)"))
                continue
            }
            if let line = lines[name] {
                let message = "key \(Quoted.text(name)) stands in line \(line) already"
                mistakes.append(LocatedMistake(at: place, key: path, message))
            }
            lines[name] = place.line
            read(name, pair.value, at: place, in: path)
        }
    }

    private mutating func read(_ name: String, _ value: YAMLNode, at place: ConfigurationPlace, in section: String) {
        guard ConfigurationSchema.names(in: section).contains(name) else {
            let location = section.isEmpty ? "" : " in \(section)"
            let mistake = LocatedMistake(
                at: place,
                key: section,
                "unknown key \(Quoted.text(name))\(location)",
                suggestion: ConfigurationSchema.suggestion(for: name, in: section)
            )
            mistakes.append(mistake)
            return
        }
        let path = section.isEmpty ? name : "\(section).\(name)"
        if let key = ConfigurationSchema.key(path) {
            mistakes += key.read(value, &configuration)
        } else {
            read(value, path: path)
        }
    }
}
