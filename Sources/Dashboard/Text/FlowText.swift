import Addressing
import Containers
import Flows
import Graph
import Records
import Terminal
import Wire

/// Flows in words.
enum FlowText {
    /// What an end is called: its container, its process, the host, a name, or its address.
    static func name(of end: FlowRecord.End, _ identity: Identity?, host: String?) -> String {
        if let container = identity?.container { return container.label }
        switch identity?.kind {
        case .host:
            if let process = identity?.process { return "\(process.name)[\(process.identifier)]" }
            return host ?? "host"
        case .gateway: return "gateway \(end.address)"
        default: return end.domain ?? "\(end.address)"
        }
    }

    static func source(_ flow: FlowRecord) -> String {
        name(of: flow.source, flow.identities?.source, host: flow.identities?.hostName)
    }

    static func destination(_ flow: FlowRecord) -> String {
        name(of: flow.destination, flow.identities?.destination, host: flow.identities?.hostName)
    }

    /// `:5432`; nothing without ports.
    static func port(_ flow: FlowRecord) -> String { flow.hasPorts ? ":\(flow.destination.port)" : "" }

    /// `tcp tls`
    static func protocols(_ flow: FlowRecord) -> String {
        let transport = TransportKeyword.of(flow.protocolNumber) ?? "ip \(flow.protocolNumber)"
        return flow.application == .unknown ? transport : "\(transport) \(flow.application)"
    }

    /// Bytes a second over all of its life; nil for less than a second of it, which tells nothing.
    static func rate(_ flow: FlowRecord) -> Double? {
        flow.duration < 1_000_000_000 ? nil : Double(flow.bytes) / (Double(flow.duration) / 1e9)
    }

    /// What it went through: `vxlan 42`, `br0`, or the interface that saw it.
    static func overlay(_ flow: FlowRecord) -> String {
        if let tunnel = flow.tunnel, let kind = tunnel.stack.innermost {
            return tunnel.identifier == 0 ? "\(kind)" : "\(kind) \(tunnel.identifier)"
        }
        let identities = flow.identities
        if let bridge = identities?.source.bridgeName ?? identities?.destination.bridgeName { return bridge }
        if case .vlan(let word) = flow.scope { return "vlan \(word & 0xfff)" }
        return flow.path.lazy.compactMap(\.point.interface).first ?? ""
    }

    /// Zeek's letters for how far it came.
    static func state(_ flow: FlowRecord) -> String { flow.connectionState.rawValue }
}
