import Addressing
import Containers
import Flows
import Records
import Wire

/// A flow as a line for people: `21:45:07.120 new   tcp  web 172.18.0.3:41234 → db 172.18.0.2:5432`.
struct FlowLine {
    let style: TextStyle
    let resolvesNames: Bool

    func text(_ record: FlowRecord) -> String {
        let action = record.action
        var line = style.faint(Self.clock(action == .started ? record.first : record.last))
        line += action == .started ? " new   " : action == .updated ? " goes  " : " ended "
        line += TransportKeyword.of(record.protocolNumber).map { "\($0)" } ?? "\(record.protocolNumber)"
        line += "  " + end(record.source, record, record.identities?.source)
        if let relay = record.relay, relay.direction == .from { line += beyond(relay, "for", record) }
        line += " → " + end(record.destination, record, record.identities?.destination)
        if let relay = record.relay, relay.direction == .to { line += beyond(relay, "on to", record) }
        if let tunnel = record.tunnel, let kind = tunnel.stack.innermost {
            line += style.faint("  \(kind) \(tunnel.identifier)")
        }
        if action != .started {
            line += style.faint("  \(Quantity.count(record.packets)) packets  \(Quantity.bytes(record.bytes))")
            if record.protocolNumber == 6 { line += style.faint("  \(record.connectionState.rawValue)") }
        }
        return line + "\n"
    }

    private func end(_ end: FlowRecord.End, _ record: FlowRecord, _ identity: Identity?) -> String {
        var text = socket(FlowTranslation.End(address: end.address, port: end.port), record)
        if let nat = end.nat { text += style.faint(" (nat \(socket(nat, record)))") }
        if identity?.isForged == true { text += style.warning(" forged") }
        guard resolvesNames, let label = identity?.label ?? end.domain else { return text }
        return "\(Printable.text(label)) \(style.faint(text))"
    }

    /// Who is beyond a process that passes the conversation on, most likely.
    private func beyond(_ relay: FlowRelay, _ word: String, _ record: FlowRecord) -> String {
        let place = socket(FlowTranslation.End(address: relay.address, port: relay.port), record)
        let label = resolvesNames ? relay.identity.label.map { Printable.text($0) + " " } : nil
        return style.faint(" (\(word) \(label ?? "")\(place))")
    }

    private func socket(_ end: FlowTranslation.End, _ record: FlowRecord) -> String {
        guard record.hasPorts else { return "\(end.address)" }
        return end.address.isIPv6 ? "[\(end.address)]:\(end.port)" : "\(end.address):\(end.port)"
    }

    /// The time of day, in UTC, with milliseconds.
    private static func clock(_ time: Timestamp) -> String {
        let second = CivilDate.split(time).secondOfDay
        let milliseconds = (time.nanoseconds - time.seconds * 1_000_000_000) / 1_000_000
        func padded(_ number: Int64, _ width: Int) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        let clock = [second / 3600, second % 3600 / 60, second % 60].map { padded($0, 2) }.joined(separator: ":")
        return "\(clock).\(padded(milliseconds, 3))"
    }
}

extension Identity {
    /// What people call it: a container's name, its pod's, or what kind of end it is; with a mark when that is not certain.
    var label: String? {
        switch kind {
        case .container:
            guard let container else { return candidates.isEmpty ? nil : "one of \(candidates.count)?" }
            let description = container.description
            let name = description.pod ?? description.name ?? String(container.key.identifier.prefix(12))
            return confidence == .ambiguous ? "\(name)?" : name
        case .host: return process?.name ?? "host"
        case .gateway: return process?.name ?? "gateway"
        default: return nil
        }
    }
}
