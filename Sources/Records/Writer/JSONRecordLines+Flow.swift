import Addressing
import Flows
import Wire

/// Flow records.
extension JSONRecordLines {
    mutating func write(_ record: FlowRecord) {
        json.beginLine()
        json.pair(
            "@timestamp",
            record.action == .started ? record.first : record.last,
            digits: record.timestampDigits
        )
        writeEvent(record)
        writeState(record)
        writeNetwork(record)
        writeEnds(record)
        if let message = record.icmp {
            let icmp = json.beginObject("icmp")
            json.pair("type", message.type)
            json.pair("code", message.code)
            json.end(icmp)
        }
        if let tunnel = record.tunnel { write(tunnel, sourcePort: record.tunnelPort) }
        writeSegment(record.scope, name: record.identities?.bridgeName)
        if let details = record.details { write(details) }
        writePath(record.path)
        json.endLine()
    }

    private mutating func writeEvent(_ record: FlowRecord) {
        let event = json.beginObject("event")
        json.pair("kind", "event")
        json.pair("action", record.action.rawValue)
        json.pair("start", record.first, digits: record.timestampDigits)
        json.pair("end", record.last, digits: record.timestampDigits)
        json.pair("duration", record.duration)
        json.end(event)
    }

    private mutating func writeState(_ record: FlowRecord) {
        let state = json.beginObject("flow")
        json.pair("id", record.identifier)
        json.pair("state", record.state.rawValue)
        json.pair("end_reason", record.endReason?.rawValue)
        json.pair("joined_to", record.joinedTo)
        json.pair("twin", record.twin)
        if let relay = record.relay { write(relay) }
        json.end(state)
        let zeek = json.beginObject("zeek")
        let connection = json.beginObject("connection")
        json.pair("state", record.connectionState.rawValue)
        if !record.history.isEmpty { json.pair("history", record.history) }
        json.end(connection)
        json.end(zeek)
    }

    private mutating func writeNetwork(_ record: FlowRecord) {
        let network = json.beginObject("network")
        json.pair("type", record.isIPv6 ? "ipv6" : "ipv4")
        json.pair("iana_number", record.protocolNumber)
        json.pair("transport", TransportKeyword.of(record.protocolNumber))
        if record.application != .unknown { json.pair("protocol", record.application.description) }
        json.pair("community_id", record.communityID)
        json.pair("direction", record.identities?.direction.rawValue)
        json.pair("packets", record.packets)
        json.pair("bytes", record.bytes)
        writeVLANs(record.scope)
        json.end(network)
    }

    private mutating func writeEnds(_ record: FlowRecord) {
        let source = json.beginObject("source")
        write(record.source, hasPort: record.hasPorts)
        if let identities = record.identities { write(identities.source, identities) }
        if let relay = record.relay, relay.direction == .from { writeEnd(of: relay, hasPort: record.hasPorts) }
        json.end(source)
        let destination = json.beginObject("destination")
        write(record.destination, hasPort: record.hasPorts)
        if let identities = record.identities { write(identities.destination, identities) }
        if let relay = record.relay, relay.direction == .to { writeEnd(of: relay, hasPort: record.hasPorts) }
        json.end(destination)
    }

    private mutating func write(_ end: FlowRecord.End, hasPort: Bool) {
        json.pair("ip", end.address)
        if hasPort { json.pair("port", end.port) }
        json.pair("mac", end.mac)
        json.pair("packets", end.packets)
        json.pair("bytes", end.bytes)
        if resolvesNames { json.pair("domain", end.domain) }
        guard let other = end.nat else { return }
        let nat = json.beginObject("nat")
        json.pair("ip", other.address)
        if hasPort { json.pair("port", other.port) }
        json.end(nat)
    }
}

extension JSONBuffer {
    /// Writes a key and a flow's name.
    mutating func pair(_ name: StaticString, _ identifier: FlowIdentifier?) {
        guard let identifier else { return }
        pair(name, identifier.description)
    }
}
