import Records

/// Alerts by the section they belong to: how many of which rule, and the worst of them.
struct FindingTally {
    private(set) var counts: [ReportTopic: UInt64] = [:]
    private var kept: [ReportTopic: [AlertRecord]] = [:]

    /// Alerts of a section that wait to be told: many times what is told, so that sorting them is cheap.
    private static var limit: Int { 4096 }

    mutating func take(_ record: AlertRecord) {
        let topic = ReportTopic(rule: record.rule)
        counts[topic, default: 0] &+= 1
        kept[topic, default: []].append(record)
        if kept[topic, default: []].count >= Self.limit { kept[topic] = worst(of: topic) }
    }

    func count(_ topic: ReportTopic) -> UInt64 { counts[topic] ?? 0 }

    /// The most severe first, of those the oldest; as many as a table has room for.
    func worst(of topic: ReportTopic) -> [AlertRecord] {
        let sorted = kept[topic, default: []].sorted { left, right in
            if left.severity != right.severity { return left.severity > right.severity }
            if left.time != right.time { return left.time < right.time }
            return left.rule != right.rule ? left.rule < right.rule : left.message < right.message
        }
        return Array(sorted.prefix(ReportTable.rowLimit))
    }
}

extension ReportTopic {
    /// Rules and categories as `portolan alerts --rule` takes them; none where alerts have no part.
    var rules: [String] {
        switch self {
        case .crossings: ["crossing", "audit"]
        case .scans: ["scan", "sweep"]
        case .destinations: ["egress", "destination", "exfiltration", "beacon", "baseline.destination"]
        case .listeners: ["listener", "baseline.listener"]
        case .rogueContainers: ["rogue"]
        case .hosts: ["overlay"]
        case .findings: Self.otherRules
        case .blindSpots: ["blind_spot"]
        case .surfaces, .flows, .consumption, .blocks, .loss: []
        }
    }

    /// All that belong nowhere else; by the first word, where all that begin with it do.
    private static var otherRules: [String] {
        var words: [String] = []
        for rule in AlertRecord.rules + ["enforcement.fail_open"] where Self(rule: rule) == .findings {
            let first = String(rule.prefix { $0 != "." })
            let isWhole = AlertRecord.rules.allSatisfy { !$0.hasPrefix(first + ".") || Self(rule: $0) == .findings }
            let word = isWhole ? first : rule
            if !words.contains(word) { words.append(word) }
        }
        return words
    }

    /// The section that alerts of a rule belong to.
    init(rule: String) {
        self =
            Self.allCases.first { topic in
                topic != .findings && topic.rules.contains { rule == $0 || rule.hasPrefix($0 + ".") }
            } ?? .findings
    }
}
