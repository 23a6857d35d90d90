import Addressing
import Containers
import Flows
import Graph
import Records

/// Somebody of whom a block could be made: a container, or addresses.
struct BlockParty {
    var name: String
    /// A container's identifier.
    var container: String?
    var addresses: [IPAddress] = []
    /// What names led there, as far as that is known.
    var domain: String?
    /// Whether its addresses are its own, and no container's here: then they can be blocked whoever talks with them.
    var isOutside = false

    init(_ key: EndpointKey, in graph: GraphPicture) {
        let endpoint = graph.endpoints[key]
        addresses = endpoint?.addresses ?? []
        container = key.kind == .container ? key.name : nil
        name = endpoint?.container?.label ?? endpoint?.name ?? addresses.first.map { "\($0)" } ?? key.name
        isOutside = key.kind == .outside || key.kind == .address
        if key.kind == .outside, IPAddress(key.name) == nil, !key.name.isEmpty { domain = key.name }
    }

    init(_ end: FlowRecord.End, _ identity: Identity?) {
        addresses = [end.address]
        container = identity?.container?.key.identifier
        name = identity?.container?.label ?? "\(end.address)"
        // Where no journal is kept nobody knows whose an address is.
        isOutside = identity?.kind == .outside
        domain = isOutside ? end.domain : nil
    }

    init(_ end: AlertRecord.End) {
        addresses = end.address.isUnspecified ? [] : [end.address]
        container = end.container?.key.identifier
        name = end.container?.label ?? "\(end.address)"
        isOutside = end.kind == .outside
    }

    init(_ container: Container) {
        self.container = container.key.identifier
        name = container.label
    }
}
