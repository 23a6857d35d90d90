/// A way that a container's packets take, by which hooks see them. Docs/Enforcement.md has the table.
package enum TrafficPath: Int, Hashable, Comparable, Sendable, CaseIterable {
    case sameBridge, outside, routedOverlay, bridgedOverlay, hostService, fromHost, fromElsewhere

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

extension TrafficPath: CustomStringConvertible {
    package var description: String {
        switch self {
        case .sameBridge: "to containers on the same bridge"
        case .outside: "to outside and to other bridges"
        case .routedOverlay: "to other hosts by a routed overlay"
        case .bridgedOverlay: "to other hosts by a bridged overlay"
        case .hostService: "to services of the host"
        case .fromHost: "from the host"
        case .fromElsewhere: "from other containers and hosts"
        }
    }

    /// Those on which the container sends.
    package static let sending: [Self] = [.sameBridge, .outside, .routedOverlay, .bridgedOverlay, .hostService]
    /// Those on which it receives.
    package static let receiving: [Self] = [.fromHost, .fromElsewhere]
}
