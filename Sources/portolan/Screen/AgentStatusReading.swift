import Addressing
import Dashboard

/// What an agent says of itself, as the screen takes it. What is not told is not known.
struct AgentStatusReading {
    private let fields: StatusFields

    init(_ body: [UInt8]) throws { fields = try StatusFields(body) }

    var hostName: String? { fields.string("observer", "hostname") }
    var time: Timestamp? { fields.moment("@timestamp") }

    var health: SnapshotHealth {
        var health = SnapshotHealth()
        health.version = fields.string("observer", "version")
        health.started = fields.moment("observer", "started")
        health.packets = fields.number("capture", "packets")
        health.bytes = fields.number("capture", "bytes")
        health.dropped = fields.number("capture", "dropped")
        health.droppedByInterface = fields.number("capture", "if_dropped")
        health.flows = fields.number("flows")
        health.residentBytes = fields.number("process", "resident_bytes")
        health.threads = fields.number("process", "threads").map { Int(clamping: $0) }
        health.descriptors = fields.number("process", "descriptors").map { Int(clamping: $0) }
        if let path = fields.string("store", "path") {
            health.store = .init(
                path: path,
                fault: fields.string("store", "fault"),
                written: fields.number("store", "written") ?? 0,
                lost: fields.number("store", "lost") ?? 0,
                waiting: fields.number("store", "waiting") ?? 0
            )
        }
        return health
    }
}
