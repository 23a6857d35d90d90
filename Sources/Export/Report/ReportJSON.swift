import Addressing
package import Evidence
import Records

/// A report as one JSON document on a line. Keys are those of records; what does not apply is absent, and of what is not known it
/// says `"portolan":{"known":false}` where there would be a number. `portolan.lines` is how many lines `portolan.command` prints,
/// where that is to be exactly what the record says.
package enum ReportJSON {
    package static func text(of report: Report) -> [UInt8] {
        var json = JSONBuffer(capacity: 1 << 16)
        json.beginLine()
        json.pair("@timestamp", report.made, digits: 9)
        let event = json.beginObject("event")
        json.pair("kind", "state")
        json.pair("action", "report")
        json.pair("start", report.span.since, digits: 9)
        json.pair("end", report.span.until, digits: 9)
        json.end(event)
        let observer = json.beginObject("observer")
        json.pair("hostname", report.hostName)
        json.pair("version", report.version)
        json.end(observer)
        let portolan = json.beginObject("portolan")
        let body = json.beginObject("report")
        json.pair("standard", "NIST SP 800-190")
        json.pair("source", report.source.words)
        json.key("sections")
        json.value(list: report.sections) { json, section in write(section, &json) }
        json.end(body)
        json.end(portolan)
        json.endLine()
        return json.bytes
    }

    private static func write(_ section: ReportSection, _ json: inout JSONBuffer) {
        let object = json.beginElement()
        json.pair("id", section.topic.rawValue)
        json.pair("title", section.topic.title)
        json.key("paragraphs")
        json.value(list: section.topic.paragraphs) { json, paragraph in json.value(paragraph) }
        let remarks = json.beginArray("remarks")
        for remark in section.remarks { json.value(remark) }
        json.end(remarks)
        json.key("tables")
        json.value(list: section.tables) { json, table in
            let object = json.beginElement()
            json.pair("id", table.name)
            json.key("records")
            json.value(list: table.rows) { json, row in write(row, table.columns, &json) }
            json.pair("left_out", table.leftOut > 0 ? table.leftOut : nil)
            json.end(object)
        }
        json.end(object)
    }

    private static func write(_ row: ReportRow, _ columns: [ReportColumn], _ json: inout JSONBuffer) {
        var pairs = zip(columns, row.cells).filter { $1 != .absent }.map { column, cell in
            Pair(keys: column.key.split(separator: ".").map(String.init)[...], value: .cell(cell))
        }
        // Totals say themselves that a number is not known; elsewhere the keys that lack are named.
        let unknown = pairs.filter { $0.isUnknown }
        pairs.removeAll { $0.isUnknown }
        if !unknown.isEmpty {
            pairs.append(Pair(keys: ["portolan", "known"], value: .isKnown(false)))
            if columns.count > 2 {
                let names = unknown.map { $0.keys.joined(separator: ".") }
                pairs.append(Pair(keys: ["portolan", "unknown"], value: .names(names)))
            }
        }
        if let command = row.command {
            pairs.append(Pair(keys: ["portolan", "command"], value: .cell(.text(command.text))))
            let figure = zip(columns, row.cells).first { $0.0.isFigure }?.1
            if row.isCounted, let lines = figure, case .count = lines {
                pairs.append(Pair(keys: ["portolan", "lines"], value: .cell(lines)))
            }
        }
        let object = json.beginElement()
        write(pairs, &json)
        json.end(object)
    }

    private struct Pair {
        enum Value {
            case cell(ReportCell)
            case isKnown(Bool)
            case names([String])
        }

        var keys: ArraySlice<String>
        var value: Value

        var isUnknown: Bool { if case .cell(.unknown) = value { true } else { false } }
    }

    /// Pairs whose keys begin alike stand in one object.
    private static func write(_ pairs: [Pair], _ json: inout JSONBuffer) {
        var written: Set<String> = []
        for pair in pairs {
            guard let key = pair.keys.first, written.insert(key).inserted else { continue }
            if pair.keys.count == 1 {
                json.key(escaping: key)
                write(pair.value, &json)
                continue
            }
            let object = json.beginObject(escaping: key)
            let inner = pairs.filter { $0.keys.first == key && $0.keys.count > 1 }
            write(inner.map { Pair(keys: $0.keys.dropFirst(), value: $0.value) }, &json)
            json.end(object)
        }
    }

    private static func write(_ value: Pair.Value, _ json: inout JSONBuffer) {
        switch value {
        case .isKnown(let isKnown): json.value(isKnown)
        case .names(let names): json.value(list: names) { json, name in json.value(name) }
        case .cell(.text(let text)): json.value(text)
        case .cell(.count(let number)), .cell(.number(let number)), .cell(.bytes(let number)): json.value(number)
        case .cell(.time(let nanoseconds)): json.value(Timestamp(nanoseconds: nanoseconds), digits: 9)
        case .cell(.share(let share)): json.value(share: share)
        case .cell(.unknown), .cell(.absent): json.value(false)
        }
    }
}
