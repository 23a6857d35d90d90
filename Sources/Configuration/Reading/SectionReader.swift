import Declarations

/// Takes the values of one file over into a configuration, section by section.
struct SectionReader {
    private(set) var configuration: Configuration
    private(set) var mistakes = MistakeList()

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
            mistakes.note(LocatedMistake(at: node.place, key: path, "\(wanted), not \(content.kind)"))
        }
    }

    private mutating func read(_ pairs: [YAMLNode.Pair], path: String) {
        // What may be is another room's to read, in the same file.
        let others = path.isEmpty ? [ConfigurationSchema.policy] : []
        var keys = MappingKeys(of: path, known: ConfigurationSchema.names(in: path) + others)
        for pair in pairs {
            let name = keys.name(of: pair.key, noting: &mistakes, elsewhere: ConfigurationSchema.path(ending:))
            guard let name, !others.contains(name) else { continue }
            read(pair.value, of: path.isEmpty ? name : "\(path).\(name)")
        }
    }

    private mutating func read(_ value: YAMLNode, of path: String) {
        guard let key = ConfigurationSchema.key(path) else {
            read(value, path: path)
            return
        }
        for mistake in key.read(value, &configuration) { mistakes.note(mistake) }
    }
}
