/// Why an address is never blocked.
package enum ProtectedRole: String, Hashable, Comparable, Sendable, CaseIterable {
    case gateway, resolver, host, registry, orchestrator
    case sshPeer = "ssh_peer"
    case configured

    package static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    /// What an address of that kind is.
    package var words: String {
        switch self {
        case .gateway: "the gateway of a container network"
        case .resolver: "a resolver"
        case .host: "an address of this host"
        case .registry: "a registry that images come from"
        case .orchestrator: "the orchestrator's API"
        case .sshPeer: "the other end of an ssh connection that is open now"
        case .configured: "named in the configuration as never to be blocked"
        }
    }
}
