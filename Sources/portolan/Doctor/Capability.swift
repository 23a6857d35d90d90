/// A capability that some part of Portolan needs, by its bit. capabilities(7), linux/capability.h
enum Capability: UInt8, CaseIterable {
    case dacReadSearch = 2
    case netBroadcast = 11
    case netAdmin = 12
    case netRaw = 13
    case sysPtrace = 19
    case sysAdmin = 21

    var name: String {
        switch self {
        case .dacReadSearch: "CAP_DAC_READ_SEARCH"
        case .netBroadcast: "CAP_NET_BROADCAST"
        case .netAdmin: "CAP_NET_ADMIN"
        case .netRaw: "CAP_NET_RAW"
        case .sysPtrace: "CAP_SYS_PTRACE"
        case .sysAdmin: "CAP_SYS_ADMIN"
        }
    }

    /// What cannot be done without it.
    var cost: String {
        switch self {
        case .dacReadSearch: "processes of other users keep their secrets: some listeners stay without a process"
        case .netBroadcast: "what becomes of containers' own interfaces is seen every 30 s only, not at once"
        case .netAdmin: "no address translation is joined, and nothing can be blocked"
        case .netRaw: "nothing can be captured"
        case .sysPtrace: "the network namespaces of containers cannot be told apart, nor who owns a socket"
        case .sysAdmin: "network namespaces cannot be entered: what is only seen in them stays unseen"
        }
    }

    /// Whether watching containers is impossible without it.
    var isNeeded: Bool { self != .dacReadSearch && self != .netBroadcast }
}
