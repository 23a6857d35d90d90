package import Addressing
package import Netlink

/// A link as its own namespace tells of it: the other end is a number in a namespace that has a number there.
package struct ToldLink: Hashable, Sendable {
    package var index: UInt32
    package var name: String
    package var kind: String?
    package var hardwareAddress: MACAddress?
    /// The index of the other end of a veth, or of what the device stands on.
    package var peer: UInt32?
    /// The number of the namespace that is in, as the link's own namespace numbers it; nil when it is the same.
    package var peerNamespace: Int32?
    package var master: UInt32?
    package var networkIdentifier: UInt32?
    package var tunnelPort: UInt16?

    package init(index: UInt32, name: String) {
        self.index = index
        self.name = name
    }

    package init(_ message: LinkMessage) {
        self.init(index: message.index, name: message.name)
        kind = message.kind
        hardwareAddress = message.hardwareAddress
        peer = message.peer
        peerNamespace = message.peerNamespace
        master = message.master
        if let vxlan = message.vxlan, !vxlan.collectsMetadata { networkIdentifier = vxlan.networkIdentifier }
        tunnelPort = message.vxlan?.port
    }
}
