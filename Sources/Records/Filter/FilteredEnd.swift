package import Addressing
package import Containers

/// An end of a flow, or a container by itself, as far as filters ask. Nil is not known, or does not apply.
package struct FilteredEnd {
    package var container: Container?
    /// All it may be, when nothing decides between several.
    package var candidates: [ContainerKey] = []
    package var address: IPAddress?
    package var port: UInt16?
    /// What NAT showed in place of them.
    package var shownAddress: IPAddress?
    package var shownPort: UInt16?
    /// A listed container may have several.
    package var furtherAddresses: [IPAddress] = []
    /// The layer-2 network by number, a VNI or a VLAN, and by the bridge's name.
    package var segment: UInt32?
    package var bridge: String?

    package init() {}

    /// A container by itself, with the addresses it has.
    package init(_ container: Container, addresses: [IPAddress]) {
        self.container = container
        furtherAddresses = addresses
    }
}
