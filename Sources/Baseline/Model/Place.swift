package import Addressing

/// Whom a workload talks to.
package enum Place: Hashable, Sendable {
    case workload(Workload)
    /// Something outside, by the name it was asked for by; `*.` before it for all below.
    case name(String)
    /// Something outside that nobody asked for by name: the block it is in.
    case network(IPPrefix)
    /// This host, and another one with containers.
    case host
    case remoteHost
    /// A gateway of a container network.
    case gateway
    /// Anything outside: as one who calls.
    case outside
}

extension Place {
    /// The block that stands for an address outside: as much as one owner mostly has.
    static func network(of address: IPAddress) -> Self {
        let block = IPPrefix(address, length: address.isIPv6 ? 48 : 24)
        return block.map { .network($0) } ?? .outside
    }

    /// Its place among the kinds, and what it is within its kind.
    private var rank: Int {
        switch self {
        case .workload: 0
        case .name: 1
        case .network: 2
        case .host: 3
        case .remoteHost: 4
        case .gateway: 5
        case .outside: 6
        }
    }
}

extension Place: Comparable {
    package static func < (left: Self, right: Self) -> Bool {
        switch (left, right) {
        case (.workload(let left), .workload(let right)): left < right
        case (.name(let left), .name(let right)): left.utf8.lexicographicallyPrecedes(right.utf8)
        case (.network(let left), .network(let right)):
            left.address != right.address ? left.address < right.address : left.length < right.length
        default: left.rank < right.rank
        }
    }
}

extension Place: CustomStringConvertible {
    /// What a sentence calls it: names in it come from outside.
    package var description: String {
        switch self {
        case .workload(let workload): "\(workload)"
        case .name(let name): name
        case .network(let block): "\(block)"
        case .host: "this host"
        case .remoteHost: "another host"
        case .gateway: "a gateway"
        case .outside: "the outside"
        }
    }
}
