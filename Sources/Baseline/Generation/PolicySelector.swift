import Addressing

/// Whom a policy of ours means by a workload: what stands in its selector. Labels only where they are trusted, as a selector that lets
/// somebody do something may not go by others.
struct PolicySelector: Hashable {
    struct Term: Hashable {
        var key: String
        /// As they are.
        var values: [String]
    }

    private(set) var terms: [Term] = []

    /// Nil where nothing that may be said tells who it is.
    init?(_ workload: Workload, trusted: Set<String>) {
        let labels = workload.labels.filter { trusted.contains($0.key) && !Self.hasStar($0.value) }
        add("label", labels.map { "\($0.key)=\($0.value)" })
        if let image = workload.image { add("image", ImageName.patterns(of: image)) }
        if let pod = workload.pod, !Self.hasStar(pod) { add("pod", [pod, "\(pod)-*"]) }
        if let segment = workload.segment, !Self.hasStar(segment) {
            add(IPPrefix(segment) == nil ? "segment" : "cidr", [segment])
        }
        // A namespace alone says little of who it is.
        guard !terms.isEmpty else { return nil }
        guard let namespace = workload.namespace else { return }
        if Self.hasStar(namespace) { return nil }
        add("namespace", [namespace])
    }

    private mutating func add(_ key: String, _ values: [String]) {
        if !values.isEmpty { terms.append(Term(key: key, values: values)) }
    }

    private static func hasStar(_ text: String) -> Bool { text.utf8.contains(UInt8(ascii: "*")) }

    func write(_ key: String, to lines: inout YAMLLines) {
        lines.section(key) { lines in
            for term in terms { lines.values(term.key, term.values.map { YAMLLines.quoted($0) }) }
        }
    }
}
