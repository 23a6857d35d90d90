import Policy

/// A protocol and the port of the one who is called.
package struct Service: Hashable, Sendable {
    /// As IANA registers it.
    package var protocolNumber: UInt8
    /// Nil for protocols without ports, and for any port of the others.
    package var port: UInt16?

    package init(protocolNumber: UInt8, port: UInt16?) {
        self.protocolNumber = protocolNumber
        self.port = PolicyProtocol(number: protocolNumber)?.hasPorts ?? false ? port : nil
    }

    /// The same protocol at any port.
    var anyPort: Self { Self(protocolNumber: protocolNumber, port: nil) }

    /// Whether somebody waits there for others, and has no socket of a client: datagrams at a port such as the kernel gives to who asks
    /// for none, 32768 and above, are taken for that.
    package var isOfServer: Bool { hasPorts && !(protocolNumber == 17 && port ?? 0 >= 32_768) }

    /// The protocol by the word that stands in a policy; its number where it has none.
    package var protocolWord: String {
        PolicyProtocol(number: protocolNumber)?.rawValue ?? "\(protocolNumber)"
    }

    /// Whether it stands for all ports of its protocol.
    package var isOfAnyPort: Bool { port == nil && hasPorts }

    /// Whether its protocol has ports.
    package var hasPorts: Bool { PolicyProtocol(number: protocolNumber)?.hasPorts ?? false }
}

extension Service: Comparable {
    /// By protocol, then by port.
    package static func < (left: Self, right: Self) -> Bool {
        left.protocolNumber != right.protocolNumber
            ? left.protocolNumber < right.protocolNumber : Int(left.port ?? 0) < Int(right.port ?? 0)
    }
}

extension Service: CustomStringConvertible {
    /// As people write it: `tcp/443`.
    package var description: String { port.map { "\(protocolWord)/\($0)" } ?? protocolWord }
}
