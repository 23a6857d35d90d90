import Addressing
import Containers
import Detection

/// What was found.
extension JSONRecordLines {
    mutating func write(_ alert: Alert) {
        json.beginLine()
        json.pair("@timestamp", alert.time, digits: 9)
        let event = json.beginObject("event")
        json.pair("kind", "alert")
        json.pair("action", "alert")
        json.pair("severity", alert.severity)
        json.pair("start", alert.first, digits: 9)
        json.pair("end", alert.last, digits: 9)
        json.end(event)
        let rule = json.beginObject("rule")
        json.pair("id", alert.rule.rawValue)
        json.pair("name", alert.rule.name)
        json.pair("category", alert.rule.category)
        json.end(rule)
        let threat = json.beginObject("threat")
        let technique = json.beginObject("technique")
        json.pair("id", alert.rule.technique)
        json.end(technique)
        json.end(threat)
        json.pair("message", alert.message)
        write(alert.source, "source")
        if let destination = alert.destination { write(destination, "destination") }
        let portolan = json.beginObject("portolan")
        json.pair("count", alert.count)
        let evidence = json.beginArray("evidence")
        for flow in alert.evidence { json.value("\(flow)") }
        json.end(evidence)
        json.end(portolan)
        json.endLine()
    }

    private mutating func write(_ party: Party, _ name: StaticString) {
        let end = json.beginObject(name)
        json.pair("ip", party.address)
        if let container = party.container { write(container) }
        if party.kind != .unknown {
            let identity = json.beginObject("identity")
            json.pair("kind", party.kind.rawValue)
            json.pair("confidence", party.confidence.rawValue)
            json.end(identity)
        }
        json.end(end)
    }
}
