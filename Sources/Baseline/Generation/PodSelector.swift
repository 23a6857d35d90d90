/// The labels of pods by which Kubernetes finds those of a workload.
struct PodSelector {
    /// Keys and values that may stand in a NetworkPolicy, in order.
    let labels: [Workload.Label]
    /// Labels whose values may not: the selector means more pods than the workload has.
    let isVague: Bool

    /// Nil where none is left: a selector without labels would mean all pods.
    init?(_ workload: Workload) {
        labels = workload.labels.filter { Self.isValue($0.value) }
        isVague = labels.count < workload.labels.count
        guard !labels.isEmpty else { return nil }
    }

    func write(_ key: String, to lines: inout YAMLLines) {
        lines.section(key) { lines in
            lines.section("matchLabels") { lines in
                for label in labels { lines.pair(label.key, label.value) }
            }
        }
    }

    /// Whether a text may be the value of a label: up to 63 letters, digits, hyphens, underscores and dots, the outer ones letters or
    /// digits.
    static func isValue(_ text: String) -> Bool {
        guard 1...63 ~= text.utf8.count, let first = text.utf8.first, let last = text.utf8.last else { return false }
        let isLetter = { (byte: UInt8) in 0x30...0x39 ~= byte || 0x41...0x5a ~= byte || 0x61...0x7a ~= byte }
        return isLetter(first) && isLetter(last)
            && text.utf8.allSatisfy { isLetter($0) || $0 == 0x2d || $0 == 0x5f || $0 == 0x2e }
    }
}
