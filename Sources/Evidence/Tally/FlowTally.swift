import Addressing
import Containers
import Flows
import Records
import Wire

/// What flows come to, each told once as it stood last.
struct FlowTally {
    private(set) var whole = TrafficCount()
    private(set) var encapsulated = TrafficCount()
    /// Seen from the containers; nil where nobody knows who is who.
    private(set) var directions: [FlowDirection: UInt64] = [:]
    /// Flows of which no journal was kept.
    private(set) var unnamed: UInt64 = 0
    /// Flows with an end that is one of several, or nobody known.
    private(set) var unsure: UInt64 = 0
    /// The same conversation, seen bare and in a tunnel: two records.
    private(set) var twins: UInt64 = 0
    private(set) var tunnels = BoundedTable<TunnelName, TrafficCount>()
    private(set) var tunnelEnds = BoundedTable<IPAddress, TrafficCount>()
    private(set) var outside = BoundedTable<IPAddress, OutsidePeer>()
    private(set) var containers = BoundedTable<String, Consumption>()
    /// What only its ends can read.
    private(set) var opaque: [OpaqueKind: TrafficCount] = [:]
    /// Bytes of twins whose other half was not told yet.
    private var waiting: [FlowIdentifier: (packets: UInt64, bytes: UInt64)] = [:]

    /// Twins that are remembered until the other comes; beyond that both count.
    private static var twinLimit: Int { 65_536 }

    struct TunnelName: Hashable {
        var kind: TunnelKind
        /// Nil for kinds without.
        var identifier: UInt32?
    }

    enum OpaqueKind: String, CaseIterable { case esp, wireguard }

    mutating func take(_ record: FlowRecord) {
        let (packets, bytes) = gain(of: record)
        whole.add(packets: packets, bytes: bytes)
        if record.twin != nil { twins &+= 1 }
        if let tunnel = record.tunnel { take(tunnel, packets: packets, bytes: bytes) }
        if record.protocolNumber == 50 { opaque[.esp, default: TrafficCount()].add(packets: packets, bytes: bytes) }
        if record.application == .wireguard {
            opaque[.wireguard, default: TrafficCount()].add(packets: packets, bytes: bytes)
        }
        if isOutside(record) {
            outside.change(record.destination.address, fresh: OutsidePeer()) { peer in
                peer.name = record.destination.domain ?? peer.name
                peer.traffic.add(packets: packets, bytes: bytes)
                peer.note(record.identities?.source.container?.label ?? "\(record.source.address)")
            }
        }
        guard let identities = record.identities else {
            unnamed &+= 1
            return
        }
        directions[identities.direction, default: 0] &+= 1
        if [identities.source, identities.destination].contains(where: Self.isUnsure) { unsure &+= 1 }
        take(record, identities.source.container, identities.destination.container)
    }

    private static func isUnsure(_ identity: Identity) -> Bool {
        identity.confidence == .ambiguous || identity.confidence == .unknown
    }

    /// What it adds: of the second of two twins only what it has more.
    private mutating func gain(of record: FlowRecord) -> (packets: UInt64, bytes: UInt64) {
        guard let twin = record.twin else { return (record.packets, record.bytes) }
        if let known = waiting.removeValue(forKey: twin) {
            return (
                record.packets > known.packets ? record.packets &- known.packets : 0,
                record.bytes > known.bytes ? record.bytes &- known.bytes : 0
            )
        }
        if waiting.count < Self.twinLimit { waiting[record.identifier] = (record.packets, record.bytes) }
        return (record.packets, record.bytes)
    }

    private mutating func take(_ tunnel: Tunnel, packets: UInt64, bytes: UInt64) {
        encapsulated.add(packets: packets, bytes: bytes)
        guard let kind = tunnel.stack.innermost else { return }
        let name = TunnelName(kind: kind, identifier: kind.namesSegment ? tunnel.identifier : nil)
        tunnels.change(name, fresh: TrafficCount()) { $0.add(packets: packets, bytes: bytes) }
        for end in Set([tunnel.source, tunnel.destination].compactMap(\.self)) {
            tunnelEnds.change(end, fresh: TrafficCount()) { $0.add(packets: packets, bytes: bytes) }
        }
    }

    private func isOutside(_ record: FlowRecord) -> Bool {
        guard let identities = record.identities else { return record.destination.address.isGlobal }
        return identities.destination.kind == .outside
    }

    private mutating func take(_ record: FlowRecord, _ source: Container?, _ destination: Container?) {
        let isFailure = record.protocolNumber == 6 && record.action == .ended && record.hasFailed
        if let source {
            change(source, isFlow: true, sent: record.source.bytes, received: record.destination.bytes, isFailure)
        }
        if let destination {
            let isFlow = destination.key.identifier != source?.key.identifier
            change(destination, isFlow: isFlow, sent: record.destination.bytes, received: record.source.bytes, false)
        }
    }

    private mutating func change(
        _ container: Container,
        isFlow: Bool,
        sent: UInt64,
        received: UInt64,
        _ isFailure: Bool
    ) {
        containers.change(container.key.identifier, fresh: Consumption(label: container.label)) { known in
            known.label = container.label
            known.image = container.description.image ?? known.image
            if isFlow { known.flows &+= 1 }
            known.sentBytes &+= sent
            known.receivedBytes &+= received
            if isFailure { known.failures &+= 1 }
        }
    }
}

extension FlowRecord {
    /// Whether it was an attempt that came to nothing: no answer, or refused.
    fileprivate var hasFailed: Bool {
        switch connectionState {
        case .s0, .rej, .rstos0, .rstrh, .sh: true
        default: false
        }
    }
}
