import Addressing
package import Containers

extension Party {
    /// Whether it is beyond the networks of containers and of their hosts. Where no journal is kept an address that is routed in the
    /// Internet is.
    package var isOutside: Bool { kind.isOutside(address) }

    /// A container of which no address is in question: its address is the unspecified one, which is not told.
    package init(_ container: Container) {
        self.init(.v4(IPv4Address(bits: 0)), kind: .container, confidence: .certain, container: container)
    }

    /// Whether `address` says anything.
    package var hasAddress: Bool { !address.isUnspecified }

    /// Whether it is one whose doings are ours to judge: a container, this host, or something else inside.
    package var isOurs: Bool { !isOutside && kind != .multicast && !address.isMulticast }
}

extension Identity.Kind {
    /// Whether whoever has that address is beyond the networks of containers and of their hosts.
    func isOutside(_ address: @autoclosure () -> IPAddress) -> Bool {
        switch self {
        case .outside: true
        case .unknown: address().isGlobal
        default: false
        }
    }
}
