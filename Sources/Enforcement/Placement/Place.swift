package import Addressing
package import Containers

/// Where in the kernel packets are caught, and by what they are known there to be somebody's.
package struct Place: Hashable, Sendable {
    /// In whose tables.
    package var namespace: NetworkNamespace
    package var hook: PlaceHook
    package var local: LocalEnd

    package init(_ namespace: NetworkNamespace, _ hook: PlaceHook, _ local: LocalEnd) {
        self.namespace = namespace
        self.hook = hook
        self.local = local
    }
}

/// The hooks we use; each is a chain of that name in its family.
package enum PlaceHook: String, Hashable, Comparable, Sendable, CaseIterable {
    /// netdev ingress on the host's end of a veth: what the container sends.
    case sending
    /// netdev egress on the same: what it is sent.
    case receiving
    /// inet output: what sockets of a namespace send.
    case output
    /// inet input: what reaches them.
    case input
    /// inet prerouting, after conntrack and before translation: connections that begin.
    case beginning
    /// inet forward, of an address alone.
    case routed
    /// The same, of what comes from it.
    case arriving
    /// bridge forward, of an address alone.
    case bridged
    /// The same, of what comes from it.
    case bridgedArriving = "bridged_arriving"

    package static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    /// Whether packets come here on their way from the local end, so that the other one is their destination.
    package var isOutward: Bool {
        switch self {
        case .sending, .output, .beginning, .routed, .bridged: true
        case .receiving, .input, .arriving, .bridgedArriving: false
        }
    }
}

/// By what a packet is known to be of the one who is stopped.
package enum LocalEnd: Hashable, Sendable {
    /// The device it passes, by its name in that namespace.
    case device(String)
    /// The control group of its socket, by its inode number, and how many directories below the root that is. socket cgroupv2 of nft(8)
    case cgroup(UInt64, level: UInt32)
    /// Its source.
    case source(IPAddress)
    /// Whoever it is.
    case anybody
}
