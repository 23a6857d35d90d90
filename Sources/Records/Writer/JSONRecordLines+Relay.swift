import Containers

/// The other half of a conversation that a process passes on.
extension JSONRecordLines {
    /// `flow.relay`: which flow that is. It rests on who holds both sockets and on the time, which prove nothing of the bytes.
    mutating func write(_ relay: FlowRelay) {
        let object = json.beginObject("relay")
        switch relay.direction {
        case .to: json.pair("to", relay.flow)
        case .from: json.pair("from", relay.flow)
        }
        json.pair("confidence", Identity.Confidence.likely.rawValue)
        json.end(object)
    }

    /// `source.relay` or `destination.relay`: who is beyond the process.
    mutating func writeEnd(of relay: FlowRelay, hasPort: Bool) {
        let object = json.beginObject("relay")
        json.pair("ip", relay.address)
        if hasPort { json.pair("port", relay.port) }
        if let container = relay.identity.container { write(container) }
        let identity = json.beginObject("identity")
        json.pair("kind", relay.identity.kind.rawValue)
        json.pair("confidence", relay.identity.confidence.rawValue)
        json.end(identity)
        json.end(object)
    }
}
