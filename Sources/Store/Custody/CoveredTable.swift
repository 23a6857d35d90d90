/// Tables whose rows are covered by a chain of digests: all that is evidence, and what evidence refers to.
enum CoveredTable: String, CaseIterable {
    case parts, flows, journal, gaps, alerts, audit, blocks, sessions
    case edgeMinutes = "edge_minutes"
    case containerMinutes = "container_minutes"
    case cases
    case caseFlows = "case_flows"
    case caseJournal = "case_journal"
    case caseGaps = "case_gaps"
    case caseAlerts = "case_alerts"
    case caseBlocks = "case_blocks"
    case caseParts = "case_parts"

    /// Whether rows stand by minute, and are covered when the minute is over; all others have a number, and are covered as they
    /// are written.
    var isByMinute: Bool { self == .edgeMinutes || self == .containerMinutes }

    /// What is covered of a row, its number first.
    var columns: [String] {
        switch self {
        case .parts: ["id", "kind", "since", "value"]
        case .flows: ["id"] + FlowWriter.columns.split(separator: ", ").map(String.init)
        case .journal: ["id", "time", "session", "line"]
        case .gaps:
            ["id", "time", "since", "reason", "interface", "netns", "received", "dropped", "if_dropped", "records"]
        case .alerts: ["id", "time", "rule", "severity", "record"]
        case .audit: ["id", "time", "actor", "act", "outcome", "record"]
        case .blocks: ["id", "time", "until", "removed", "record"]
        // While a session goes on, when it was there last changes all the time.
        case .sessions: ["id", "started", "ended", "version", "iif(ended IS NULL, NULL, heard)"]
        case .edgeMinutes:
            ["m.edge", "m.minute"] + Self.counts + ["s.kind", "s.name", "d.kind", "d.name", "e.protocol", "e.port"]
        case .containerMinutes: ["m.container", "m.minute"] + Self.counts + ["s.kind", "s.name"]
        case .cases: ["id", "container", "opened", "ended", "released", "journal", "record"]
        case .caseParts: ["id", "case_id", "part", "kind", "since", "value"]
        case .caseFlows, .caseJournal, .caseGaps, .caseAlerts, .caseBlocks:
            ["id", "case_id"] + (KeptKind(self)?.rest ?? [])
        }
    }

    private static var counts: [String] {
        ["source_packets", "source_bytes", "destination_packets", "destination_bytes", "flows", "failures"]
            .map { "m.\($0)" }
    }

    /// The rows of it. Of minutes with the ends that they were counted for: to alter those is to alter the minutes.
    var source: String {
        switch self {
        case .edgeMinutes:
            """
            edge_minutes m LEFT JOIN edges e ON e.id = m.edge LEFT JOIN endpoints s ON s.id = e.source \
            LEFT JOIN endpoints d ON d.id = e.destination
            """
        case .containerMinutes: "container_minutes m LEFT JOIN endpoints s ON s.id = m.container"
        default: rawValue
        }
    }

    /// The tables that chains stand in.
    static var chains: Set<String> { ["custody_links", "custody_heads", "custody_trail"] }

    /// All tables that a look at it reads.
    var tables: Set<String> {
        switch self {
        case .edgeMinutes: Self.chains.union([rawValue, "edges", "endpoints"])
        case .containerMinutes: Self.chains.union([rawValue, "endpoints"])
        default: Self.chains.union([rawValue])
        }
    }

    /// The column that tells rows apart, within a minute where they stand by minute.
    var number: String {
        switch self {
        case .edgeMinutes: "m.edge"
        case .containerMinutes: "m.container"
        default: "id"
        }
    }

    /// A query of the last row that there is, or the last minute in seconds; of nothing where there is none.
    var lastRow: String {
        switch self {
        case .edgeMinutes: "SELECT max(last) / 1000000000 FROM edges"
        case .containerMinutes: "SELECT max(last) / 1000000000 FROM endpoints"
        default: "SELECT max(id) FROM \(rawValue)"
        }
    }

    /// What stands for it then.
    var noRow: Int64 { isByMinute ? .min : 0 }

    /// A query of what is covered of rows.
    func select(_ condition: String) -> String {
        "SELECT \(columns.joined(separator: ", ")) FROM \(source) \(condition)"
    }

    /// One row, by its number, and its minute where there is one.
    var selectOne: String { select("WHERE \(number) = ?1" + (isByMinute ? " AND m.minute = ?2" : "")) }
}
