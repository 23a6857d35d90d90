import Addressing
import Declarations

extension PolicyReader {
    /// The most rules and thresholds that a policy speaks of.
    private static var limit: Int { 1024 }

    mutating func readRules(_ node: YAMLNode) {
        let path = path("rules")
        for (name, value) in entries(of: node, path: path, .rule(catalog)) {
            let inner = "\(path).\(name)"
            guard let fields = fields(of: value, path: inner, keys: ["enabled", "severity", "response"]) else {
                continue
            }
            var setting = policy.rules[name] ?? RuleSetting()
            setting.isOn = self.value("enabled", of: fields, .truth) ?? setting.isOn
            setting.severity = self.value("severity", of: fields, .severity) ?? setting.severity
            let response = self.value("response", of: fields, .word("a response") as Notation<PolicyResponse>)
            setting.response = response ?? setting.response
            policy.rules[name] = setting
        }
    }

    mutating func readThresholds(_ node: YAMLNode) {
        let path = path("thresholds")
        for (detector, value) in entries(
            of: node,
            path: path,
            .key("a detector", among: catalog.thresholds.isEmpty ? nil : Array(catalog.thresholds.keys))
        ) {
            let known = catalog.thresholds[detector]
            let inner = "\(path).\(detector)"
            for (name, value) in entries(
                of: value,
                path: inner,
                .key("a threshold", among: known.map { Array($0.keys) })
            ) {
                let notation = Notation<Int>.threshold(known?[name])
                guard let number = self.value(of: value, path: "\(inner).\(name)", notation) else { continue }
                policy.thresholds[ThresholdKey(detector, name)] = number
            }
        }
    }

    /// Key and value of a mapping whose keys are names of something.
    private mutating func entries(
        of node: YAMLNode,
        path: String,
        _ notation: Notation<String>
    ) -> [(name: String, value: YAMLNode)] {
        guard let pairs = pairs(of: node, path: path) else { return [] }
        guard pairs.count <= Self.limit else {
            note(node.place, path, "has at most \(Self.limit) keys, not \(pairs.count)")
            return []
        }
        var lines: [String: Int] = [:]
        return pairs.compactMap { pair in
            guard let name = value(of: pair.key, path: "a key of \(path)", notation) else { return nil }
            if let line = lines[name] {
                note(pair.key.place, path, "has the key \(Quoted.text(name)) in line \(line) already")
            }
            lines[name] = pair.key.place.line
            return (name, pair.value)
        }
    }

    mutating func readFeeds(_ fields: MappingFields) {
        guard let elements = elements("feeds", of: fields, limit: FeedBounds.feeds) else { return }
        policy.feeds = elements.compactMap { feed(of: $0, path: fields.path("feeds")) }
        if Set(policy.feeds.map(\.name)).count < policy.feeds.count, let node = fields["feeds"] {
            note(node.place, fields.path("feeds"), "has two feeds of one name")
        }
    }

    private mutating func feed(of node: YAMLNode, path: String) -> Feed? {
        guard let fields = fields(of: node, path: path, keys: ["name", "file", "format"]) else { return nil }
        let name = required("name", of: fields, .name("the name of a feed"))
        let file = required("file", of: fields, .filePath)
        let format = required("format", of: fields, .word("a format") as Notation<FeedFormat>)
        guard let name, let file, let format else { return nil }
        return Feed(name: name, file: file, format: format)
    }

    mutating func readExceptions(_ fields: MappingFields) {
        guard let elements = elements("exceptions", of: fields, limit: PolicyException.limit) else { return }
        policy.exceptions = elements.compactMap { exception(of: $0, path: fields.path("exceptions")) }
    }

    private mutating func exception(of node: YAMLNode, path: String) -> PolicyException? {
        let keys = ["rule", "source", "destination", "reason", "until"]
        guard let fields = fields(of: node, path: path, keys: keys) else { return nil }
        let before = mistakes.count
        let rule = required("rule", of: fields, .rulePattern(catalog))
        let reason = required("reason", of: fields, .name("a sentence that says why"))
        let end = required("until", of: fields, .endOfDay)
        let source = fields["source"].flatMap { exemptingSelector(of: $0, path: fields.path("source")) }
        let destination = fields["destination"].flatMap { exemptingSelector(of: $0, path: fields.path("destination")) }
        // One whose selector is none would be one for everybody.
        guard let rule, let reason, let end, mistakes.count == before else { return nil }
        var exception = PolicyException(rule: rule, reason: reason, end: end)
        exception.source = source
        exception.destination = destination
        return exception
    }
}
