import Addressing
import Containers
import Detection

/// What was found.
extension JSONRecordLines {
    mutating func write(_ alert: Alert) { write(AlertRecord(alert)) }

    mutating func write(_ record: AlertRecord) {
        json.beginLine()
        json.pair("@timestamp", record.time, digits: 9)
        let event = json.beginObject("event")
        json.pair("kind", "alert")
        json.pair("action", "alert")
        json.pair("severity", record.severity)
        json.pair("start", record.first, digits: 9)
        json.pair("end", record.last, digits: 9)
        json.end(event)
        let rule = json.beginObject("rule")
        json.pair("id", record.rule)
        json.pair("name", record.name)
        json.pair("category", record.category)
        json.end(rule)
        if !record.technique.isEmpty {
            let threat = json.beginObject("threat")
            let technique = json.beginObject("technique")
            json.pair("id", record.technique)
            json.end(technique)
            json.end(threat)
        }
        json.pair("message", record.message)
        write(record.source, "source")
        if let destination = record.destination { write(destination, "destination") }
        let capture = json.beginObject("capture")
        json.pair("loss_known", record.loss != nil)
        if let loss = record.loss { json.pair("loss_ratio", millionths: UInt64(loss * 1_000_000 + 0.5)) }
        json.end(capture)
        let portolan = json.beginObject("portolan")
        json.pair("count", record.count)
        if record.isOfMany { json.pair("of_many", true) }
        let evidence = json.beginArray("evidence")
        for flow in record.evidence { json.value("\(flow)") }
        json.end(evidence)
        json.end(portolan)
        json.endLine()
    }

    private mutating func write(_ end: AlertRecord.End, _ name: StaticString) {
        let object = json.beginObject(name)
        if !end.address.isUnspecified { json.pair("ip", end.address) }
        if let container = end.container { write(container) }
        if end.kind != .unknown {
            let identity = json.beginObject("identity")
            json.pair("kind", end.kind.rawValue)
            json.pair("confidence", end.confidence.rawValue)
            json.end(identity)
        }
        json.end(object)
    }
}
