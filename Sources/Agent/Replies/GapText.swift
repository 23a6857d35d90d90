import Addressing
import Records
import Store

/// A stored gap as a line of JSON. What is not known is absent.
enum GapText {
    static func line(_ gap: StoredGap) -> [UInt8] {
        var json = JSONBuffer(capacity: 256)
        json.beginLine()
        json.pair("@timestamp", gap.time, digits: 9)
        let event = json.beginObject("event")
        json.pair("kind", "event")
        json.pair("action", "capture_gap")
        json.pair("reason", gap.reason.rawValue)
        json.pair("start", gap.since, digits: 9)
        json.end(event)
        let capture = json.beginObject("capture")
        json.pair("packets", gap.received)
        json.pair("dropped", gap.dropped)
        json.pair("if_dropped", gap.droppedByInterface)
        json.end(capture)
        let portolan = json.beginObject("portolan")
        json.pair("count", gap.records)
        json.end(portolan)
        let observer = json.beginObject("observer")
        json.pair("interface", gap.interface)
        json.pair("netns", gap.namespace)
        json.end(observer)
        json.endLine()
        return json.bytes
    }
}
