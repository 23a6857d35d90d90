import Addressing

/// What a live capture lost.
extension JSONRecordLines {
    mutating func write(_ gap: CaptureGap) {
        json.beginLine()
        json.pair("@timestamp", gap.time, digits: 9)
        let event = json.beginObject("event")
        json.pair("kind", "event")
        json.pair("action", "capture_gap")
        json.end(event)
        let capture = json.beginObject("capture")
        json.pair("packets", gap.received)
        json.pair("dropped", gap.dropped)
        json.pair("if_dropped", gap.droppedByInterface)
        json.pair("loss_known", gap.dropped != nil)
        if let dropped = gap.dropped {
            json.pair("loss_ratio", part: dropped, besides: gap.received > dropped ? gap.received - dropped : 0)
        }
        json.end(capture)
        let observer = json.beginObject("observer")
        json.pair("interface", gap.interface)
        json.pair("netns", gap.namespace)
        json.end(observer)
        json.endLine()
    }

    mutating func write(dropped count: UInt64, at time: Timestamp) {
        json.beginLine()
        json.pair("@timestamp", time, digits: 9)
        let event = json.beginObject("event")
        json.pair("kind", "event")
        json.pair("action", "records_dropped")
        json.end(event)
        let portolan = json.beginObject("portolan")
        json.pair("count", count)
        json.end(portolan)
        json.endLine()
    }
}
