package import Addressing

/// A network interface as the kernel describes it, with what ties it to others.
package struct Interface: Hashable, Sendable {
    package var key: InterfaceKey
    package var name: String
    /// What made it, such as `veth`, `bridge`, `vxlan` or `macvlan`. Nil for hardware and the loopback.
    package var kind: String?
    /// Its hardware address, where it has a 48-bit one.
    package var hardwareAddress: MACAddress?
    /// A veth's other end, or what a macvlan or vxlan device stands on; in whichever namespace that is.
    package var peer: InterfaceKey?
    /// The bridge, bond or VRF it is enslaved to, in its own namespace.
    package var master: UInt32?
    /// A vxlan device's network identifier.
    package var networkIdentifier: UInt32?
    /// A vxlan device's UDP port.
    package var tunnelPort: UInt16?

    package init(key: InterfaceKey, name: String) {
        self.key = key
        self.name = name
    }
}
