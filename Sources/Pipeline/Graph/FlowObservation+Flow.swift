import Addressing
import Containers
import Flows
import Graph
import Records
import Wire

/// A flow in the graph's words.
extension FlowObservation {
    init(_ flow: Flow, _ book: borrowing FlowBook, _ names: FlowNames) {
        let (ends, nat) = FlowEnds.of(flow, book.translation(of: flow))
        let scope = ScopeName(book.scopeName(of: flow))
        let identities = names.identities
        self.init(
            source: Endpoint(ends.source.address, scope, identities?.source, identities, names.source, flow),
            destination: Endpoint(
                ends.destination.address,
                scope,
                identities?.destination,
                identities,
                names.destination,
                flow
            ),
            protocolNumber: flow.protocolNumber,
            port: flow.hasPorts ? ends.destination.port : nil,
            counts: EdgeCounts(flow),
            first: flow.first,
            last: flow.last
        )
        carriage = Carriage(flow, book)
        // The same port answers wherever a client asks that has its source changed only.
        asked = nat.destination.map { PublishedAddress(address: $0.address, port: $0.port) }
    }
}

extension Carriage {
    /// The tunnel around a flow, or the encrypted one that it is; nil for what goes from end to end as it is.
    fileprivate init?(_ flow: Flow, _ book: borrowing FlowBook) {
        if flow.protocolNumber == 50 || flow.applicationProtocol == .wireguard {
            let tunnel = flow.protocolNumber == 50 ? "esp" : "wireguard"
            self.init(source: flow.source, destination: flow.destination, tunnel: tunnel, isEncrypted: true)
            return
        }
        guard let (tunnel, _) = book.tunnel(of: flow), let kind = tunnel.stack.innermost, let source = tunnel.source,
            let destination = tunnel.destination
        else { return nil }
        self.init(
            source: source,
            destination: destination,
            tunnel: "\(kind)",
            identifier: kind.namesSegment ? tunnel.identifier : nil
        )
    }
}

extension EdgeCounts {
    /// What a flow adds: all it has counted, or what it has more than its twin, which was counted before it.
    fileprivate init(_ flow: Flow) {
        self.init()
        sourcePackets = flow.sourcePackets
        sourceBytes = flow.sourceBytes
        destinationPackets = flow.destinationPackets
        destinationBytes = flow.destinationBytes
        if flow.repeatsTwin {
            sourcePackets = Self.share(of: flow.sourcePackets, of: flow.packets, in: flow.gain.packets)
            destinationPackets = flow.gain.packets - sourcePackets
            sourceBytes = Self.share(of: flow.sourceBytes, of: flow.bytes, in: flow.gain.bytes)
            destinationBytes = flow.gain.bytes - sourceBytes
        }
        failures = flow.hasFailed ? 1 : 0
    }

    private static func share(of part: UInt64, of whole: UInt64, in gain: UInt64) -> UInt64 {
        whole == 0 ? 0 : min(gain, UInt64((Double(gain) * Double(part) / Double(whole)).rounded()))
    }
}

extension Flow {
    /// Whether it was an attempt that came to nothing. Which it is that is under way is not known yet.
    fileprivate var hasFailed: Bool {
        guard protocolNumber == 6, endReason != nil, endReason != .active, !repeatsTwin else { return false }
        return switch connectionState {
        case .s0, .rej, .rstos0, .rstrh, .sh: true
        default: false
        }
    }
}

extension Endpoint {
    /// One end of a flow; `claimed` is the name that DNS or the packets gave it.
    fileprivate init(
        _ address: IPAddress,
        _ scope: ScopeName,
        _ identity: Identity?,
        _ identities: FlowIdentities?,
        _ claimed: String?,
        _ flow: Flow
    ) {
        let place = scope == .bare ? "\(address)" : "\(address)@\(scope)"
        guard let identity else {
            self.init(EndpointKey(.address, place), address: address, at: flow.first)
            name = claimed
            return
        }
        let key: EndpointKey
        switch identity.kind {
        case .container:
            if let container = identity.container {
                key = EndpointKey(.container, container.key.identifier)
            } else {
                key = EndpointKey(.namespace, identity.namespace.map { "\($0)" } ?? place)
            }
        case .host:
            if let process = identity.process {
                key = EndpointKey(.process, process.name)
            } else {
                key = EndpointKey(.host, identities?.hostName ?? "")
            }
        case .gateway: key = EndpointKey(.gateway, identity.bridgeName ?? place)
        case .namespace: key = EndpointKey(.namespace, identity.namespace.map { "\($0)" } ?? place)
        case .remoteHost: key = EndpointKey(.remoteHost, "\(address)")
        case .vacant: key = EndpointKey(.vacant, place)
        case .outside: key = EndpointKey(.outside, claimed ?? "\(address)")
        case .multicast: key = EndpointKey(.multicast, "\(address)")
        case .remote, .unknown: key = EndpointKey(.address, place)
        }
        self.init(key, address: address, at: flow.first)
        last = flow.last
        container = identity.container
        isAmbiguous = identity.confidence == .ambiguous
        let description = identity.container?.description
        name = description?.pod ?? description?.name ?? (key.kind == .address ? claimed : nil)
    }
}
