package import Evidence
import Records

/// A report as lines of 80 columns. Commands are longer where a word of theirs is: they are there to be typed.
package struct ReportText {
    /// What a line is, for whoever emphasizes it.
    package enum Role: Sendable { case heading, body, faint, warning }

    package struct Line: Sendable {
        package var role: Role
        package var text: String
    }

    private let report: Report
    private let width: (String) -> Int
    private var lines: [Line] = []

    private static var columns: Int { 80 }

    /// Rows of a table that are told; a report for programs has more.
    private static var rowLimit: Int { 20 }

    /// `width` tells how many columns a text takes.
    package static func lines(of report: Report, width: @escaping (String) -> Int) -> [Line] {
        var text = Self(report: report, width: width)
        text.write()
        return text.lines
    }

    private init(report: Report, width: @escaping (String) -> Int) {
        self.report = report
        self.width = width
    }

    private mutating func write() {
        add(.heading, "NIST SP 800-190 evidence")
        add(.body, report.periodText)
        for line in TextFlow.wrapped(report.originText, to: Self.columns, width) { add(.body, line) }
        add(.faint, "made \(report.made.secondText) by portolan \(report.version)")
        for (place, section) in report.sections.enumerated() { write(section, place + 1) }
    }

    private mutating func add(_ role: Role, _ text: String) {
        lines.append(Line(role: role, text: String(text.reversed().drop { $0 == " " }.reversed())))
    }

    private mutating func addParagraph(_ role: Role, _ text: String) {
        for line in TextFlow.wrapped(text, to: Self.columns - 3, width) { add(role, "   " + line) }
    }

    private mutating func write(_ section: ReportSection, _ number: Int) {
        add(.body, "")
        let (title, paragraphs) = (Report.title(section, number), Report.paragraphs(section))
        let gap = max(2, Self.columns - width(title) - width(paragraphs))
        add(.heading, title + String(repeating: " ", count: gap) + paragraphs)
        addParagraph(.faint, section.topic.purpose)
        for remark in section.remarks { addParagraph(.warning, HarmlessText.text(remark)) }
        for table in section.tables { write(table) }
    }

    private mutating func write(_ table: ReportTable) {
        add(.body, "")
        let isTotal = table.name == "totals"
        if let title = table.title { add(.heading, "   " + title) }
        let layout = TableLayout(table, limit: Self.rowLimit, columns: Self.columns - 3, width)
        if !isTotal { add(.faint, "   " + layout.titles) }
        for (row, lines) in layout.rows.enumerated() {
            for line in lines { add(.body, "   " + line) }
            for line in table.command(after: row, of: layout.rows.count)?.lines(width: Self.columns - 7) ?? [] {
                add(.faint, (line.hasPrefix("  ") ? "       " : "     $ ") + String(line.drop { $0 == " " }))
            }
        }
        let rest = table.leftOut + max(0, table.rows.count - Self.rowLimit)
        if rest > 0 { add(.body, "   and \(rest) more; -o json has the first \(ReportTable.rowLimit)") }
    }
}
