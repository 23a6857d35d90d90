/// Rows that go to a table of their own when their time is over, where a case keeps them.
enum KeptKind: CaseIterable {
    case flows, journal, gaps, alerts, blocks

    init?(_ kept: CoveredTable) {
        guard let kind = Self.allCases.first(where: { $0.kept == kept }) else { return nil }
        self = kind
    }

    init?(_ kind: StoredKind) {
        switch kind {
        case .flows: self = .flows
        case .journal: self = .journal
        case .gaps: self = .gaps
        case .alerts: self = .alerts
        case .audit: return nil
        }
    }

    /// Whether they tell of the whole host: one loud in those must not take the room of what a case itself did.
    var isOfAll: Bool { self == .journal || self == .gaps }

    /// Where they are as long as their time is not over.
    var table: CoveredTable {
        switch self {
        case .flows: .flows
        case .journal: .journal
        case .gaps: .gaps
        case .alerts: .alerts
        case .blocks: .blocks
        }
    }

    /// Where they are kept then.
    var kept: CoveredTable {
        switch self {
        case .flows: .caseFlows
        case .journal: .caseJournal
        case .gaps: .caseGaps
        case .alerts: .caseAlerts
        case .blocks: .caseBlocks
        }
    }

    /// Columns of both, their number left out.
    var rest: [String] { Array(table.columns.dropFirst()) }

    /// The column of what varies in length; nil where nothing does.
    private var varying: String? {
        switch self {
        case .flows: "fields"
        case .journal: "line"
        case .gaps: nil
        case .alerts, .blocks: "record"
        }
    }

    /// Bytes that a row takes, about, with its indexes.
    var length: String { "\(self == .flows ? 130 : 70)" + (varying.map { " + length(\($0))" } ?? "") }

    /// Both, as a query reads them: SQLite merges the two by the index that each has.
    var whole: String {
        let columns = table.columns.joined(separator: ", ")
        return "(SELECT \(columns) FROM \(table.rawValue) UNION ALL SELECT \(columns) FROM \(kept.rawValue))"
    }
}
