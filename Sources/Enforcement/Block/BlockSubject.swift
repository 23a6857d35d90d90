package import Addressing
package import Containers
package import Policy

/// Who is stopped.
package enum BlockSubject: Hashable, Sendable {
    /// One run of a container.
    case container(ContainerKey)
    /// All that match, also those that come later.
    case selector(Selector)
    /// An address outside, whoever talks with it.
    case address(IPAddress)
}
