import Addressing

/// What is flooded, and with what.
struct FloodKey: Hashable, Sendable {
    enum Kind: UInt8, Sendable {
        case syn, tcp, udp, icmp, reflection
    }

    let kind: Kind
    let host: Contact.Host
    /// 0 where it is the host.
    let port: UInt16

    init(_ kind: Kind, _ victim: Party, port: UInt16) {
        self.kind = kind
        host = Contact.Host(address: victim.address, scope: victim.scope)
        self.port = port
    }

    init(_ kind: Kind, _ contact: Contact) {
        self.kind = kind
        host = contact.host
        port = contact.port
    }
}

extension FloodKey: TableKey {
    @inline(__always)
    func fold(into fold: inout Fold) {
        fold.add(UInt64(host.scope) << 24 | UInt64(kind.rawValue) << 16 | UInt64(port))
        fold.add(host.address)
    }
}

extension FloodKey.Kind {
    var rule: Rule {
        switch self {
        case .syn: .synFlood
        case .tcp: .tcpFlood
        case .udp: .udpFlood
        case .icmp: .icmpFlood
        case .reflection: .reflection
        }
    }

    /// What comes in masses.
    var words: String {
        switch self {
        case .syn: "connections left half open"
        case .tcp: "TCP packets without a connection"
        case .udp: "UDP packets"
        case .icmp: "pings"
        case .reflection: "SYN-ACKs that nobody asked for"
        }
    }
}
