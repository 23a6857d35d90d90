import Containers
import Graph
import Records
import Store

/// How an agent is doing, as one JSON object. What is not known is absent.
enum AgentStatus {
    static func text(of view: AgentView) -> [UInt8] {
        var json = JSONBuffer(capacity: 1024)
        let summary = view.summary
        json.beginLine()
        json.pair("@timestamp", view.time, digits: 9)
        let observer = json.beginObject("observer")
        json.pair("hostname", view.inventory.hostName)
        json.pair("version", view.version)
        json.pair("started", view.started, digits: 9)
        json.end(observer)
        let capture = json.beginObject("capture")
        json.pair("packets", summary.frames)
        json.pair("bytes", summary.bytes)
        json.pair("dropped", summary.dropped)
        json.pair("if_dropped", summary.interfaceDropped)
        json.pair("loss_known", summary.dropped != nil)
        json.end(capture)
        let network = json.beginObject("network")
        json.pair("packets", summary.packets)
        json.pair("bytes", summary.ipBytes)
        json.end(network)
        json.pair("flows", summary.flows)
        json.pair("containers", view.inventory.namespaces.reduce(0) { $0 + $1.containers.count })
        let graph = json.beginObject("graph")
        json.pair("endpoints", view.graph.endpoints.count)
        json.pair("edges", view.graph.edges.count)
        json.end(graph)
        if let alerts = view.alerts {
            let object = json.beginObject("alerts")
            json.pair("total", alerts.total)
            let hour = json.beginObject("last_hour")
            json.pair("low", alerts.lastHour(.low, at: view.time))
            json.pair("medium", alerts.lastHour(.medium, at: view.time))
            json.pair("high", alerts.lastHour(.high, at: view.time))
            json.pair("critical", alerts.lastHour(.critical, at: view.time))
            json.end(hour)
            json.end(object)
        }
        if let held = view.held {
            let object = json.beginObject("held")
            json.pair("packets", held.packets)
            json.pair("devices", held.waiting)
            json.pair("let_through", held.released)
            json.pair("overdue", held.overdue)
            json.end(object)
        }
        if let store = view.store {
            let object = json.beginObject("store")
            json.pair("path", store.path)
            json.pair("fault", store.fault)
            json.pair("written", store.written)
            json.pair("lost", store.lost)
            json.pair("waiting", store.waiting)
            json.pair("last", store.last, digits: 9)
            json.end(object)
        }
        if let recording = view.recording { tell(recording, &json) }
        if let cases = view.cases {
            let object = json.beginObject("cases")
            json.pair("open", cases.open)
            json.pair("ended", cases.ended)
            json.pair("full", cases.full)
            json.pair("refused", cases.refused)
            json.pair("bytes", cases.bytes)
            json.pair("most", cases.most)
            json.pair("limit", cases.limit)
            json.end(object)
        }
        let process = json.beginObject("process")
        json.pair("resident_bytes", view.process.residentBytes)
        json.pair("threads", view.process.threads)
        json.pair("descriptors", view.process.descriptors)
        json.end(process)
        json.endLine()
        return json.bytes
    }

    private static func tell(_ recording: RecordingCondition, _ json: inout JSONBuffer) {
        let object = json.beginObject("recording")
        json.pair("path", recording.path)
        json.pair("mode", recording.mode)
        json.pair("fault", recording.fault)
        json.pair("packets", recording.frames)
        json.pair("left_out", recording.leftOut)
        json.pair("written_bytes", recording.written)
        json.pair("files", recording.files)
        json.pair("bytes", recording.bytes)
        let kept = json.beginObject("kept")
        json.pair("files", recording.keptFiles)
        json.pair("bytes", recording.keptBytes)
        json.pair("refused", recording.refused)
        json.end(kept)
        json.end(object)
    }
}
