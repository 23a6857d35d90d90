package import Addressing
package import Containers
package import Policy

/// What is stopped.
package enum BlockTarget: Hashable, Sendable {
    /// Everything, in both directions: quarantine. What stays open are the blocks of addresses that are named.
    case everything(allowing: [IPPrefix])
    /// Traffic with some other ends.
    case traffic(BlockedRemote, Traffic)
}

/// With whom.
package enum BlockedRemote: Hashable, Sendable {
    /// Whoever it is, but for those who are never blocked.
    case anyone
    case prefix(IPPrefix)
    /// Whatever a name led to, as far as it was answered.
    case domain(DomainAnswer)
}

/// Addresses that a resolver gave for a name, and who had asked.
package struct DomainAnswer: Hashable, Sendable {
    package var name: String
    /// In order, and none twice.
    package private(set) var addresses: [IPAddress]
    /// Who had asked. What others were answered is no reason to stop this one: answers are the easiest thing to forge.
    package var asker: ContainerKey

    /// Keeps the first `limit` addresses in their order.
    package init(name: String, addresses: [IPAddress], asker: ContainerKey) {
        self.name = name
        self.addresses = Array(Set(addresses).sorted().prefix(Self.limit))
        self.asker = asker
    }

    /// The most addresses of one name.
    package static var limit: Int { 64 }
}

extension BlockedRemote {
    /// The blocks of addresses it is about; nil for all there are.
    package var prefixes: [IPPrefix]? {
        switch self {
        case .anyone: nil
        case .prefix(let prefix): [prefix]
        case .domain(let answer): answer.addresses.map { IPPrefix(of: $0) }
        }
    }
}

extension IPPrefix {
    /// The block of one address.
    package init(of address: IPAddress) {
        // The full length always fits.
        self = IPPrefix(address, length: address.isIPv6 ? 128 : 32) ?? Self.all(isIPv6: address.isIPv6)
    }

    private static func all(isIPv6: Bool) -> Self {
        preconditionFailure("a block of one address is one of IPv\(isIPv6 ? 6 : 4)")
    }

    /// Whether it is one address.
    package var isSingle: Bool { length == (address.isIPv6 ? 128 : 32) }

    /// Whether some address is in both.
    package func overlaps(_ other: Self) -> Bool { contains(other.address) || other.contains(address) }
}
