/// Gathers names below the same domain when there are too many of them: whoever has nine mirrors has a tenth.
///
/// Only what has the same parent is gathered, and nothing below a domain of one label or of what looks like a country's second
/// level (`co.uk`): the names of all customers of a cloud are no one thing.
struct NameGroups: Sendable {
    /// Names that were learned, by what they are below.
    private var children: [String: Set<String>] = [:]
    private var groups: Set<String> = []

    /// What became of a name.
    enum Learned: Equatable {
        /// It stands for itself, or is one of a group there was: that is what it goes by.
        case known(String)
        /// It is one too many. All that were below the domain go by the group from now on.
        case gathered(String)
    }

    mutating func learn(_ name: String) -> Learned {
        if let group = group(of: name) { return .known(group) }
        guard let parent = Self.parent(of: name) else { return .known(name) }
        children[parent, default: []].insert(name)
        guard let count = children[parent]?.count, count > BaselineBounds.siblings else { return .known(name) }
        children[parent] = nil
        groups.insert(parent)
        return .gathered("*.\(parent)")
    }

    /// Takes over a name or a group that was learned before.
    mutating func restore(_ name: String) {
        if name.hasPrefix("*.") {
            groups.insert(String(name.dropFirst(2)))
        } else if let parent = Self.parent(of: name) {
            children[parent, default: []].insert(name)
        }
    }

    /// Whether a name goes by a group.
    func covers(_ name: String) -> Bool { group(of: name) != nil }

    private func group(of name: String) -> String? {
        groups.isEmpty ? nil : Self.domains(above: name).first { groups.contains($0) }.map { "*.\($0)" }
    }

    /// Whether a name is one of some, or below a domain that stands there with `*.` before it.
    static func covers(_ names: Set<String>, _ name: String) -> Bool {
        names.contains(name) || groups(above: name).contains { names.contains($0) }
    }

    /// The groups that a name may be one of, the narrowest first.
    static func groups(above name: String) -> [String] { domains(above: name).map { "*.\($0)" } }

    /// Whether a name lies below a group such as `*.example.org`.
    static func isBelow(_ name: String, _ group: String) -> Bool {
        name != group && name.hasSuffix(group.dropFirst())
    }

    /// The domains a name is below, the nearest first.
    private static func domains(above name: String) -> [String] {
        var domains: [String] = []
        var rest = name[...]
        while let dot = rest.utf8.firstIndex(of: UInt8(ascii: ".")), domains.count < 128 {
            rest = rest[rest.utf8.index(after: dot)...]
            domains.append(String(rest))
        }
        return domains
    }

    /// The domain under which a name may be gathered with others.
    private static func parent(of name: String) -> String? {
        guard let dot = name.utf8.firstIndex(of: UInt8(ascii: ".")) else { return nil }
        let parent = name[name.utf8.index(after: dot)...]
        let labels = parent.split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count > 1, let top = labels.last else { return nil }
        let isCountrys = labels.count == 2 && top.utf8.count == 2 && labels[0].utf8.count <= 3
        return isCountrys ? nil : String(parent)
    }

    /// A name in lower case and without the root's dot; nil where it is none.
    static func canonical(_ name: String) -> String? {
        var name = name.lowercased()
        if name.hasSuffix(".") { name.removeLast() }
        return name.utf8.count <= 253 && !name.hasPrefix("*") ? PlainText.of(name) : nil
    }
}
