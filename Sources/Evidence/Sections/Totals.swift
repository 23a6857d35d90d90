import Addressing
import Records

/// The lines at the head of a section: what it comes to.
struct Totals {
    private(set) var table = ReportTable(
        "totals",
        [.sentence("message", "what"), .figure("portolan.count", "how many")]
    )

    /// `isCounted`: the command prints exactly that many lines.
    mutating func add(_ words: String, _ cell: ReportCell, _ command: ShellCommand?, isCounted: Bool = false) {
        table.add([.text(words), cell], command, isCounted: isCounted)
    }
}

extension ReportTally {
    /// A section of nothing but what detectors found, or one that begins with it.
    func section(
        _ topic: ReportTopic,
        _ words: String,
        _ totals: Totals = Totals(),
        _ tables: [ReportTable] = []
    )
        -> ReportSection
    {
        var totals = totals
        totals.add(words, .count(findings.count(topic)), commands.alerts(topic.rules), isCounted: true)
        return ReportSection(topic, [totals.table, alerts(topic)] + tables)
    }

    /// The worst alerts of a section, a line each.
    private func alerts(_ topic: ReportTopic) -> ReportTable {
        var table = ReportTable(
            "alerts",
            title: "Alerts, the worst first",
            [
                .figure("event.severity", "sev"), ReportColumn("@timestamp", "when"), ReportColumn("rule.id", "rule"),
                .sentence("message", "what"),
            ]
        )
        for record in findings.worst(of: topic) {
            table.add(
                [
                    .number(UInt64(clamping: record.severity)), .time(record.time.nanoseconds), .text(record.rule),
                    .text(record.message),
                ],
                commands.alerts([record.rule], at: record.time)
            )
        }
        table.leftOut += Int(clamping: findings.count(topic)) - findings.worst(of: topic).count
        return table
    }

    var crossings: ReportSection { section(.crossings, "alerts: levels crossed, and levels that share a host") }
    var scans: ReportSection { section(.scans, "alerts: scans of ports and hosts, sweeps") }
    var otherFindings: ReportSection { section(.findings, "alerts of all other rules") }
}
