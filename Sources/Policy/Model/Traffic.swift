/// The protocol and the ports of the server that a rule is about.
package struct Traffic: Hashable, Sendable {
    /// As IANA registers them; nil for any.
    package var protocolNumber: UInt8?
    /// Of the one who is called, in order and apart from one another; none for any.
    package var ports: [ClosedRange<UInt16>] = []

    package init(protocolNumber: UInt8? = nil, ports: [ClosedRange<UInt16>] = []) {
        self.protocolNumber = protocolNumber
        self.ports = ports
    }

    /// Whether it is about a flow.
    package func covers(protocolNumber: UInt8, port: UInt16) -> Bool {
        guard self.protocolNumber == nil || self.protocolNumber == protocolNumber else { return false }
        return ports.isEmpty || ports.contains { $0.contains(port) }
    }

    /// Ranges of ports of one rule at most.
    package static var portLimit: Int { 64 }
}

/// Protocols by the words that stand in a policy.
package enum PolicyProtocol: String, Hashable, Sendable, CaseIterable {
    case tcp, udp, sctp, icmp
    case icmpv6 = "ipv6-icmp"

    /// As IANA registers it.
    package var number: UInt8 {
        switch self {
        case .tcp: 6
        case .udp: 17
        case .sctp: 132
        case .icmp: 1
        case .icmpv6: 58
        }
    }

    /// Whether it has ports.
    package var hasPorts: Bool { self == .tcp || self == .udp || self == .sctp }
}

extension PolicyProtocol {
    /// As IANA registers it; nil for those that a policy has no word for.
    package init?(number: UInt8) {
        guard let word = Self.allCases.first(where: { $0.number == number }) else { return nil }
        self = word
    }
}
