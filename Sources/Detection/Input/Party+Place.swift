package import Addressing
import Containers

extension Party {
    /// Whether it is beyond the networks of containers and of their hosts. Where no journal is kept an address that is routed in the
    /// Internet is.
    package var isOutside: Bool {
        switch kind {
        case .outside: true
        case .unknown: address.isGlobal
        default: false
        }
    }

    /// Whether it is one whose doings are ours to judge: a container, this host, or something else inside.
    package var isOurs: Bool { !isOutside && kind != .multicast && !address.isMulticast }
}
