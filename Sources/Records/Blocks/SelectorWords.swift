import Addressing
package import Policy

/// A selector in words, `KIND=PATTERN` each: as a command and a request take it, and as it is kept.
package enum SelectorWords {
    package static func list(of selector: Selector) -> [String] {
        selector.labels.map { "label=\($0)" } + selector.images.map { "image=\($0.text)" }
            + selector.names.map { "name=\($0.text)" } + selector.namespaces.map { "namespace=\($0.text)" }
            + selector.pods.map { "pod=\($0.text)" } + selector.networks.map { "network=\($0.text)" }
            + selector.segments.map { "segment=\($0.text)" } + selector.blocks.map { "cidr=\($0)" }
    }

    package static func text(of selector: Selector) -> String { list(of: selector).joined(separator: " ") }

    /// The kinds there are.
    package static let kinds = ["label", "image", "name", "namespace", "pod", "network", "segment", "cidr"]

    /// Puts a word into a selector; false when it is none.
    package static func add(_ word: String, to selector: inout Selector) -> Bool {
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, 1...512 ~= parts[1].utf8.count else { return false }
        let text = String(parts[1])
        guard !text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7f }) else { return false }
        switch parts[0] {
        case "label":
            let pair = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let key = pair.first, !key.isEmpty, !key.contains("*") else { return false }
            let value = pair.count > 1 ? NamePattern(String(pair[1])) : nil
            selector.labels.append(LabelSelector(key: String(key), value: value))
        case "image": selector.images.append(NamePattern(text))
        case "name": selector.names.append(NamePattern(text))
        case "namespace": selector.namespaces.append(NamePattern(text))
        case "pod": selector.pods.append(NamePattern(text))
        case "network": selector.networks.append(NamePattern(text))
        case "segment": selector.segments.append(NamePattern(text))
        case "cidr":
            guard let block = IPPrefix(text) else { return false }
            selector.blocks.append(block)
        default: return false
        }
        return true
    }
}
