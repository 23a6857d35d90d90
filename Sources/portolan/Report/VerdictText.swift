import Addressing
import Records
import Store

/// A verdict for people: a line for each finding, and one that says it all.
enum VerdictText {
    static func text(_ verdict: Verdict) -> String {
        var text = verdict.findings.map { line($0) + "\n" }.joined()
        if verdict.more > 0 { text += "and \(grouped(verdict.more)) more\n" }
        for seen in verdict.looked {
            let isGood = !verdict.findings.contains { $0.file == seen.file }
            text += "\(Printable.text(seen.file)): \(isGood ? "complete" : "not as it was written")\(about(seen))\n"
        }
        for note in verdict.notes { text += Printable.text(note) + "\n" }
        return text + signature(verdict.signature) + "\n"
    }

    private static func about(_ seen: Verdict.Looked) -> String {
        guard seen.rows > 0 || seen.uncovered > 0 else { return "" }
        let what = seen.strands.isEmpty ? "lines" : "rows"
        var text = ", \(grouped(seen.rows)) \(what)"
        if let since = seen.since { text += " since \(Moment.text(since))" }
        if seen.uncovered > 0 { text += "; \(grouped(seen.uncovered)) not covered" }
        if seen.isOpen {
            text += "; without its end: it is written to, or whoever wrote it was killed, or it was cut off"
        }
        return text
    }

    private static func line(_ finding: Verdict.Finding) -> String {
        let time = finding.time.map { " at \(Moment.text($0))" } ?? ""
        var words: [String] = []
        if finding.table == nil || finding.remark != nil { words.append(Printable.text(finding.file)) }
        if let table = finding.table { words.append(Printable.text(table)) }
        if let subject = finding.subject { words.append(place(subject)) }
        if let lines = finding.lines { words.append(span("line", lines.lowerBound, lines.upperBound)) }
        if let remark = finding.remark { words.append(Printable.text(remark)) }
        return "\(finding.outcome.rawValue)\(time): \(words.joined(separator: ", "))"
    }

    private static func place(_ subject: CustodyFinding.Subject) -> String {
        switch subject {
        case .rows(let rows): span("row", rows.lowerBound, rows.upperBound)
        case .minute(let minute, let row):
            "row \(row) of \(Moment.text(start(of: minute)))"
        case .links(let links): span("link", links.lowerBound, links.upperBound) + " of its chain"
        case .head: "the end of its chain"
        case .before(let row):
            "its chain was taken away and the agent began another: nothing shows that rows up to \(row) are as they were"
        case .structure(let what): Printable.text(what)
        case .all: "all of it"
        }
    }

    private static func start(of minute: Int64) -> Timestamp {
        let (nanoseconds, isOver) = minute.multipliedReportingOverflow(by: 1_000_000_000)
        return Timestamp(nanoseconds: isOver ? (minute < 0 ? .min : .max) : nanoseconds)
    }

    private static func span<Number: Comparable>(_ what: String, _ first: Number, _ last: Number) -> String {
        first == last ? "\(what) \(first)" : "\(what)s \(first) to \(last)"
    }

    private static func signature(_ signature: Verdict.Signature) -> String {
        switch signature {
        case .unsigned: "unsigned"
        case .unjudged: "signed, but nobody said by whom it must be: name a key with --public-key"
        case .signed(let key): "signed by \(key)"
        case .wrong(let key): "not signed by \(key): the manifest was altered, or somebody else signed it"
        }
    }

    private static func grouped(_ number: UInt64) -> String { GroupedDigits.text(number) }
}
