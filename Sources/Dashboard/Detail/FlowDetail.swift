import Addressing
import Containers
import Flows
import Graph
import Records
import Wire

/// What is known of a flow, as facts.
enum FlowDetail {
    static func fields(of flow: FlowRecord, zone: Int) -> [DetailField] {
        var fields = [
            DetailField("protocol", FlowText.protocols(flow)),
            DetailField("state", state(of: flow)),
            DetailField("from", "\(place(flow.source.address, flow.source.port, flow))"),
            DetailField("to", "\(place(flow.destination.address, flow.destination.port, flow))"),
            DetailField("began", TimeText.clock(flow.first, zone: zone)),
            DetailField("last packet", TimeText.clock(flow.last, zone: zone)),
            DetailField("sent", amounts(flow.source)),
            DetailField("answered", amounts(flow.destination)),
        ]
        if let rate = FlowText.rate(flow) {
            fields.append(DetailField("on average", RateText.text(rate) + "B a second"))
        }
        if let message = flow.icmp {
            fields.append(DetailField("message", "type \(message.type), code \(message.code)"))
        }
        fields += way(of: flow)
        fields += end("initiator", flow.source, flow.identities?.source)
        fields += end("responder", flow.destination, flow.identities?.destination)
        fields += seen(flow)
        fields.append(.heading("names"))
        fields.append(DetailField("flow", "\(flow.identifier)"))
        fields.append(DetailField("community id", "\(flow.communityID)"))
        if let twin = flow.twin { fields.append(DetailField("twin", "\(twin)")) }
        if let joined = flow.joinedTo { fields.append(DetailField("joined to", "\(joined)")) }
        return fields
    }

    private static func state(of flow: FlowRecord) -> String {
        var words = [flow.state.rawValue]
        if flow.protocolNumber == 6 {
            words.append("\(flow.connectionState.rawValue): \(meaning(flow.connectionState))")
        }
        if !flow.history.isEmpty { words.append("history \(flow.history)") }
        if let reason = flow.endReason { words.append("ended: \(reason.rawValue)") }
        return words.joined(separator: ", ")
    }

    private static func meaning(_ state: ConnectionState) -> String {
        switch state {
        case .s0: "asked, no answer"
        case .s1: "open"
        case .sf: "ended in order"
        case .rej: "refused"
        case .s2: "the initiator wants to end it"
        case .s3: "the responder wants to end it"
        case .rsto: "broken off by the initiator"
        case .rstr: "broken off by the responder"
        case .rstos0: "asked and broken off, no answer"
        case .rstrh: "answered and broken off, nobody seen to ask"
        case .sh: "half open"
        case .shr: "answered and ended, nobody seen to ask"
        case .oth: "its beginning was not seen"
        }
    }

    private static func place(_ address: IPAddress, _ port: UInt16, _ flow: FlowRecord) -> String {
        guard flow.hasPorts else { return "\(address)" }
        return address.isIPv6 ? "[\(address)]:\(port)" : "\(address):\(port)"
    }

    private static func amounts(_ end: FlowRecord.End) -> String {
        "\(AmountText.count(end.packets)) packets, \(AmountText.count(end.bytes)) bytes"
    }

    private static func way(of flow: FlowRecord) -> [DetailField] {
        guard let tunnel = flow.tunnel else { return [DetailField("overlay", FlowText.overlay(flow))] }
        let stack = tunnel.stack.kinds.map(\.description).joined(separator: " in ")
        var text = FlowText.overlay(flow)
        if tunnel.stack.kinds.count > 1 { text += " (\(stack))" }
        if let source = tunnel.source, let destination = tunnel.destination {
            text += ", from host \(source) to \(destination)"
        }
        if tunnel.destinationPort != 0 { text += ", port \(tunnel.destinationPort)" }
        return [DetailField("overlay", text)]
    }

    private static func end(_ title: String, _ end: FlowRecord.End, _ identity: Identity?) -> [DetailField] {
        var fields = [DetailField.heading(title)]
        guard let identity else {
            if let domain = end.domain { fields.append(DetailField("name", domain)) }
            if !end.mac.isZero { fields.append(DetailField("mac", "\(end.mac)")) }
            fields.append(DetailField("who", "nobody looked: no journal of this host"))
            return fields
        }
        if let container = identity.container { fields += ContainerDetail.fields(of: container) }
        if let domain = end.domain { fields.append(DetailField("name", domain)) }
        let isSure = identity.confidence == .certain || identity.confidence == .likely
        let how = identity.method.map { " by \($0.rawValue)" } ?? ""
        fields.append(
            DetailField(
                "who",
                "\(kind(identity.kind)), \(identity.confidence.rawValue)\(how)",
                isSure ? .plain : .warning
            )
        )
        if !identity.candidates.isEmpty {
            let names = identity.candidates.map { String($0.identifier.prefix(12)) }.joined(separator: ", ")
            fields.append(DetailField("candidates", names, .warning))
        }
        if identity.isForged {
            fields.append(DetailField("forged", "not an address of the one who sent it", .crossing))
        }
        if let process = identity.process { fields.append(DetailField("process", ContainerDetail.text(of: process))) }
        if let host = identity.endpoint { fields.append(DetailField("behind host", "\(host)")) }
        if !end.mac.isZero { fields.append(DetailField("mac", "\(end.mac)")) }
        if let nat = end.nat {
            fields.append(
                DetailField("also seen as", nat.port == 0 ? "\(nat.address)" : "\(nat.address) port \(nat.port)")
            )
        }
        return fields
    }

    static func kind(_ kind: Identity.Kind) -> String {
        kind == .remoteHost ? "another host" : kind == .vacant ? "nobody has this address" : kind.rawValue
    }

    private static func seen(_ flow: FlowRecord) -> [DetailField] {
        guard !flow.path.isEmpty else { return [] }
        return [.heading("seen at")]
            + flow.path.map { place in
                let name = place.point.interface ?? place.point.interfaceIndex.map { "interface \($0)" } ?? "one place"
                let mark = place.isTranslated ? ", with translated addresses" : ""
                return DetailField(
                    name,
                    "\(AmountText.count(place.packets)) packets, \(AmountText.count(place.bytes)) bytes\(mark)"
                )
            }
    }
}
