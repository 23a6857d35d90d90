import Records
import Store

/// A verdict for programs: an object for each finding, and a last one that says it all.
enum VerdictJSON {
    static func lines(_ verdict: Verdict) -> JSONBuffer {
        var json = JSONBuffer()
        for finding in verdict.findings { write(finding, &json) }
        json.beginLine()
        let event = json.beginObject("event")
        json.pair("kind", "state")
        json.pair("action", "custody_summary")
        json.end(event)
        let ours = json.beginObject("portolan")
        let custody = json.beginObject("custody")
        json.pair("outcome", verdict.isComplete ? "complete" : "altered")
        json.pair("findings", UInt64(verdict.findings.count) + verdict.more)
        let (word, key) = signature(verdict.signature)
        json.pair("signature", word)
        json.pair("key", key)
        let notes = json.beginArray("notes")
        for note in verdict.notes { json.value(note) }
        json.end(notes)
        json.key("files")
        json.value(list: verdict.looked) { json, seen in
            let file = json.beginElement()
            json.pair("path", seen.file)
            json.pair("rows", seen.rows)
            json.pair("uncovered", seen.uncovered)
            json.pair("since", seen.since, digits: 9)
            if seen.isOpen { json.pair("ended", false) }
            json.end(file)
        }
        json.end(custody)
        json.end(ours)
        json.endLine()
        return json
    }

    private static func write(_ finding: Verdict.Finding, _ json: inout JSONBuffer) {
        json.beginLine()
        json.pair("@timestamp", finding.time, digits: 9)
        let event = json.beginObject("event")
        json.pair("kind", "state")
        json.pair("action", "custody_finding")
        json.end(event)
        let ours = json.beginObject("portolan")
        let custody = json.beginObject("custody")
        json.pair("outcome", finding.outcome.rawValue)
        json.pair("file", finding.file)
        json.pair("table", finding.table)
        switch finding.subject {
        case .rows(let rows):
            json.pair("first", rows.lowerBound)
            json.pair("last", rows.upperBound)
        case .minute(let minute, let row):
            json.pair("first", row)
            json.pair("last", row)
            json.pair("minute", minute)
        case .links(let links):
            json.pair("first_link", links.lowerBound)
            json.pair("last_link", links.upperBound)
        case .before(let row): json.pair("last", row)
        case .structure(let what): json.pair("what", what)
        case .head, .all, nil: break
        }
        if let lines = finding.lines {
            json.pair("first_line", lines.lowerBound)
            json.pair("last_line", lines.upperBound)
        }
        json.pair("reason", finding.remark)
        json.end(custody)
        json.end(ours)
        json.endLine()
    }

    private static func signature(_ signature: Verdict.Signature) -> (String, String?) {
        switch signature {
        case .unsigned: ("unsigned", nil)
        case .unjudged: ("unjudged", nil)
        case .signed(let key): ("signed", key)
        case .wrong(let key): ("wrong", key)
        }
    }
}
