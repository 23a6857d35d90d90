import Addressing
import Flows
import Wire

/// Flow records.
extension JSONRecordLines {
    mutating func write(
        _ action: FlowAction,
        _ flow: Flow,
        _ book: borrowing FlowBook,
        _ names: FlowNames
    ) {
        let digits = book.point(flow.point).timestampDigits
        json.beginLine()
        json.pair("@timestamp", action == .started ? flow.first : flow.last, digits: digits)
        writeEvent(action, flow, digits: digits)
        writeState(action, flow, names.relay)
        writeNetwork(flow, book, names)
        writeEnds(flow, book, names)
        if flow.isICMP {
            let icmp = json.beginObject("icmp")
            json.pair("type", flow.icmpType)
            json.pair("code", flow.icmpCode)
            json.end(icmp)
        }
        if let (tunnel, sourcePort) = book.tunnel(of: flow) { write(tunnel, sourcePort: sourcePort) }
        writeSegment(book.scopeName(of: flow), name: names.identities?.bridgeName)
        if let details = book.application(of: flow) { write(details) }
        writePath(flow, book)
        json.endLine()
    }

    private mutating func writeEvent(_ action: FlowAction, _ flow: Flow, digits: Int) {
        let event = json.beginObject("event")
        json.pair("kind", "event")
        json.pair("action", action.rawValue)
        json.pair("start", flow.first, digits: digits)
        json.pair("end", flow.last, digits: digits)
        json.pair("duration", flow.duration)
        json.end(event)
    }

    private mutating func writeState(_ action: FlowAction, _ flow: Flow, _ relay: FlowRelay?) {
        let state = json.beginObject("flow")
        json.pair("id", flow.identifier)
        json.pair("state", flow.isClosed ? "closed" : flow.isEstablished ? "established" : "new")
        if action == .ended { json.pair("end_reason", flow.endReason?.rawValue) }
        json.pair("joined_to", flow.joinedTo)
        json.pair("twin", flow.twin)
        if let relay { write(relay) }
        json.end(state)
        let zeek = json.beginObject("zeek")
        let connection = json.beginObject("connection")
        json.pair("state", flow.connectionState.rawValue)
        json.pair("history", historyOf: flow)
        json.end(connection)
        json.end(zeek)
    }

    private mutating func writeNetwork(_ flow: Flow, _ book: borrowing FlowBook, _ names: FlowNames) {
        let network = json.beginObject("network")
        json.pair("type", flow.isIPv6 ? "ipv6" : "ipv4")
        json.pair("iana_number", flow.protocolNumber)
        json.pair("transport", TransportKeyword.of(flow.protocolNumber))
        if flow.applicationProtocol != .unknown { json.pair("protocol", flow.applicationProtocol.description) }
        json.pair("community_id", CommunityID(flow))
        json.pair("direction", names.identities?.direction.rawValue)
        json.pair("packets", flow.packets)
        json.pair("bytes", flow.bytes)
        writeVLANs(book.scopeName(of: flow))
        json.end(network)
    }

    private mutating func writeEnds(_ flow: Flow, _ book: borrowing FlowBook, _ names: FlowNames) {
        let (real, nat) = FlowEnds.of(flow, book.translation(of: flow))
        let source = json.beginObject("source")
        writeEnd(real.source, hasPort: flow.hasPorts, mac: flow.sourceMAC)
        json.pair("packets", flow.sourcePackets)
        json.pair("bytes", flow.sourceBytes)
        if resolvesNames { json.pair("domain", names.source) }
        writeNAT(nat.source, hasPort: flow.hasPorts)
        if let identities = names.identities { write(identities.source, identities) }
        if let relay = names.relay, relay.direction == .from { writeEnd(of: relay, hasPort: flow.hasPorts) }
        json.end(source)
        let destination = json.beginObject("destination")
        writeEnd(real.destination, hasPort: flow.hasPorts, mac: flow.destinationMAC)
        json.pair("packets", flow.destinationPackets)
        json.pair("bytes", flow.destinationBytes)
        if resolvesNames { json.pair("domain", names.destination) }
        writeNAT(nat.destination, hasPort: flow.hasPorts)
        if let identities = names.identities { write(identities.destination, identities) }
        if let relay = names.relay, relay.direction == .to { writeEnd(of: relay, hasPort: flow.hasPorts) }
        json.end(destination)
    }

    private mutating func writeEnd(_ end: FlowTranslation.End, hasPort: Bool, mac: MACAddress) {
        json.pair("ip", end.address)
        if hasPort { json.pair("port", end.port) }
        json.pair("mac", mac)
    }

    private mutating func writeNAT(_ end: FlowTranslation.End?, hasPort: Bool) {
        guard let end else { return }
        let nat = json.beginObject("nat")
        json.pair("ip", end.address)
        if hasPort { json.pair("port", end.port) }
        json.end(nat)
    }
}

extension CommunityID {
    /// Of the innermost packets of a flow.
    init(_ flow: Flow) {
        // The type is that of the first message, whoever sent it, and some types are not the same both ways.
        let isAnswer = flow.isICMP && flow.beganWithResponder
        self.init(
            protocolNumber: flow.protocolNumber,
            source: isAnswer ? flow.destination : flow.source,
            destination: isAnswer ? flow.source : flow.destination,
            sourcePort: flow.isICMP ? UInt16(flow.icmpType) : flow.sourcePort,
            destinationPort: flow.isICMP ? UInt16(flow.icmpCode) : flow.destinationPort
        )
    }
}

extension JSONBuffer {
    /// Writes a key and a flow's name.
    mutating func pair(_ name: StaticString, _ identifier: FlowIdentifier?) {
        guard let identifier else { return }
        pair(name, identifier.description)
    }

    /// Writes a key and a flow's history; nothing when there is none.
    fileprivate mutating func pair(_ name: StaticString, historyOf flow: Flow) {
        guard flow.hasHistory else { return }
        key(name)
        beginValue()
        append(0x22)
        flow.forEachHistoryLetter { append($0) }
        append(0x22)
    }
}
