import Addressing
import Containers
import Graph
import Records

/// Numbers for Prometheus, in its text format 0.0.4. What is not known is left out, as 0 would say something else.
///
/// Of bounded size, as no label has a value that others choose.
enum MetricsText {
    static var type: String { "text/plain; version=0.0.4; charset=utf-8" }

    static func text(of view: AgentView) -> [UInt8] {
        var text = ""
        func add(_ name: String, _ kind: String, _ help: String, _ value: UInt64?) {
            guard let value else { return }
            text += "# HELP portolan_\(name) \(help)\n# TYPE portolan_\(name) \(kind)\nportolan_\(name) \(value)\n"
        }
        let summary = view.summary
        add("capture_packets_total", "counter", "Packets taken from the kernel.", summary.frames)
        add("capture_bytes_total", "counter", "Bytes on the wire of those.", summary.bytes)
        add("capture_dropped_packets_total", "counter", "Packets the kernel had no room for.", summary.dropped)
        add("capture_interface_dropped_packets_total", "counter", "Packets lost below.", summary.interfaceDropped)
        add("flows_total", "counter", "Flows that ended.", summary.flows)
        add("ip_bytes_total", "counter", "Bytes of IP packets, each counted once.", summary.ipBytes)
        add("flows_evicted_total", "counter", "Flows ended early for want of room.", summary.evicted)
        let containers = view.inventory.namespaces.reduce(0) { $0 + $1.containers.count }
        add("containers", "gauge", "Containers that run here.", UInt64(containers))
        add("graph_endpoints", "gauge", "Endpoints of the graph.", UInt64(view.graph.endpoints.count))
        add("graph_edges", "gauge", "Edges of the graph.", UInt64(view.graph.edges.count))
        if let alerts = view.alerts {
            text += "# HELP portolan_alerts_total What was found, by rule.\n# TYPE portolan_alerts_total counter\n"
            for (rule, count) in alerts.byRule.sorted(by: { $0.key < $1.key }) {
                text += "portolan_alerts_total{rule=\"\(rule)\"} \(count)\n"
            }
        }
        if let held = view.held {
            add("held_packets_total", "counter", "Frames dropped as their device was not known yet.", held.packets)
            add("held_devices", "gauge", "Devices that are held until they are known.", UInt64(held.waiting))
            add("let_through_devices_total", "counter", "Devices that were held and let through.", held.released)
            add("let_through_overdue_devices_total", "counter", "Of those the ones nobody got to know.", held.overdue)
        }
        if let store = view.store {
            add("store_records_total", "counter", "Records written.", store.written)
            add("store_lost_records_total", "counter", "Records that could not be kept.", store.lost)
            add("store_waiting_records", "gauge", "Records that wait to be written.", UInt64(store.waiting))
            add("store_up", "gauge", "Whether the database takes records.", store.fault == nil ? 1 : 0)
        }
        if let recording = view.recording {
            add("recorded_packets_total", "counter", "Packets written down.", recording.frames)
            add("recorded_left_out_packets_total", "counter", "Packets there was no room to write.", recording.leftOut)
            add("recorded_bytes_total", "counter", "Bytes of files with packets written.", recording.written)
            add("recording_bytes", "gauge", "Bytes of the files with the newest packets.", UInt64(recording.bytes))
            add("recording_kept_files", "gauge", "Files kept for alerts.", UInt64(recording.keptFiles))
            add("recording_kept_bytes", "gauge", "Bytes of those.", UInt64(recording.keptBytes))
            add("recording_refused_files_total", "counter", "Files there was no room to keep.", recording.refused)
            add("recording_up", "gauge", "Whether packets are written.", recording.fault == nil ? 1 : 0)
        }
        add("resident_memory_bytes", "gauge", "Memory of this process.", view.process.residentBytes)
        add("open_descriptors", "gauge", "Files and sockets that are open.", view.process.descriptors)
        add("threads", "gauge", "Threads of this process.", view.process.threads)
        add("start_time_seconds", "gauge", "When it began to watch.", UInt64(max(0, view.started.seconds)))
        text += "# HELP portolan_build_info The version that runs.\n# TYPE portolan_build_info gauge\n"
        text += "portolan_build_info{version=\"\(view.version)\"} 1\n"
        return Array(text.utf8)
    }
}
