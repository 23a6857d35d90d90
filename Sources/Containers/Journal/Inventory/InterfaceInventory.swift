package import Addressing

/// An interface with its addresses, and what ties it to the rest of the host.
package struct InterfaceInventory: Hashable, Sendable {
    /// An address and how many of its bits name the network.
    package struct Address: Hashable, Sendable {
        package var address: IPAddress
        package var prefixLength: UInt8

        /// Whether it means something on this one link only: fe80::/10.
        package var isOfLink: Bool { address.isLinkLocalIPv6 }

        package init(_ address: IPAddress, prefixLength: UInt8) {
            self.address = address
            self.prefixLength = prefixLength
        }
    }

    package var interface: Interface
    /// In order; those that mean something on one link only (fe80::/10) last.
    package var addresses: [Address] = []
    /// A veth's other end, or what a macvlan stands on, where that is known.
    package var peer: Interface?
    /// The bridge that it is enslaved to, or else its other end is.
    package var bridge: Interface?
    /// The VNI of the overlay that it is on.
    package var networkIdentifier: UInt32?

    package init(_ interface: Interface) {
        self.interface = interface
    }
}
