/// What an endpoint is.
package enum EndpointKind: String, Hashable, Sendable, CaseIterable {
    case container
    /// A process of the monitored host.
    case process
    /// The monitored host, where no process is known.
    case host
    /// The host, or an overlay, as the gateway of a container network.
    case gateway
    /// A network namespace in which no container is known.
    case namespace
    /// The tunnel end of another host.
    case remoteHost = "remote_host"
    /// An address behind another host's tunnel end, or one of which nothing is known.
    case address
    /// An address of a container network here that nobody had.
    case vacant
    /// A name outside, as DNS or the packets gave it, or else an address.
    case outside
    /// Addresses outside that are too many to be told apart, by the network they are in.
    case network
    case multicast
    /// All that came when there was no more room.
    case others

    /// Whether anybody can invent such endpoints by sending packets.
    package var isStranger: Bool {
        switch self {
        case .address, .vacant, .outside, .network, .multicast, .remoteHost: true
        case .container, .process, .host, .gateway, .namespace, .others: false
        }
    }
}

/// Tells endpoints apart: what it is, and its name among those.
///
/// `description` is the same in every run over the same input, and orders as text.
package struct EndpointKey: Hashable, Sendable {
    package let kind: EndpointKind
    /// A container's identifier, a process's name, an address with its scope, a domain.
    package let name: String

    package init(_ kind: EndpointKind, _ name: String = "") {
        self.kind = kind
        self.name = name
    }

    /// Everything beyond the graph's bound.
    package static var others: Self { Self(.others) }
}

extension EndpointKey: Comparable, CustomStringConvertible {
    package static func < (left: Self, right: Self) -> Bool {
        left.kind != right.kind ? left.kind.rawValue < right.kind.rawValue : left.name < right.name
    }

    package var description: String { name.isEmpty ? kind.rawValue : "\(kind.rawValue):\(name)" }
}
