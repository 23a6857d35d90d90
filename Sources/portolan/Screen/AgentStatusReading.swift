import Addressing
import Dashboard
import Records

/// What an agent says of itself, as the screen takes it. What is not told is not known.
struct AgentStatusReading {
    private let status: JSONValue

    init(_ body: [UInt8]) throws {
        status = try JSONReader.read(body.span)
        guard case .object = status else {
            throw AgentQuery.Failure(description: "what the agent says cannot be understood; is it of another version?")
        }
    }

    var hostName: String? { string("observer", "hostname") }
    var time: Timestamp? { moment("@timestamp") }

    var health: SnapshotHealth {
        var health = SnapshotHealth()
        health.version = string("observer", "version")
        health.started = moment("observer", "started")
        health.packets = number("capture", "packets")
        health.bytes = number("capture", "bytes")
        health.dropped = number("capture", "dropped")
        health.droppedByInterface = number("capture", "if_dropped")
        health.flows = number("flows")
        health.residentBytes = number("process", "resident_bytes")
        health.threads = number("process", "threads").map { Int(clamping: $0) }
        health.descriptors = number("process", "descriptors").map { Int(clamping: $0) }
        if let path = string("store", "path") {
            health.store = .init(
                path: path,
                fault: string("store", "fault"),
                written: number("store", "written") ?? 0,
                lost: number("store", "lost") ?? 0,
                waiting: number("store", "waiting") ?? 0
            )
        }
        return health
    }

    private func value(_ keys: [String]) -> JSONValue? {
        var value = status
        for key in keys {
            guard case .object(let members) = value, let member = members[key] else { return nil }
            value = member
        }
        return value
    }

    private func string(_ keys: String...) -> String? {
        guard case .string(let text) = value(keys) else { return nil }
        return text
    }

    private func number(_ keys: String...) -> UInt64? {
        guard case .number(let text) = value(keys) else { return nil }
        return UInt64(text)
    }

    private func moment(_ keys: String...) -> Timestamp? {
        guard case .string(let text) = value(keys) else { return nil }
        return try? PacketTime.parse(text)
    }
}

/// A moment as an agent is asked for it: RFC 3339, in UTC.
enum AskedMoment {
    static func text(_ nanoseconds: Int64) -> String {
        let (date, second) = CivilDate.split(Timestamp(nanoseconds: nanoseconds))
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(date.year)-\(two(date.month))-\(two(date.day))T"
            + "\(two(second / 3600)):\(two(second % 3600 / 60)):\(two(second % 60))Z"
    }
}
