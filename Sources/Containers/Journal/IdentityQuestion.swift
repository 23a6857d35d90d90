package import Addressing

/// Asks who one end of a flow is, or was. Only the address and the time must be known; each thing more makes the answer
/// surer.
package struct IdentityQuestion: Hashable, Sendable {
    package var address: IPAddress
    /// When the flow began.
    package var time: Timestamp

    /// The interface of this host that the end is behind: packets of the end came in there, or packets to it went out there.
    package var behind: InterfaceKey?
    /// Whether packets of the end came in at `behind`. Where they only went out to it, a strange address is no forgery: a
    /// bridge floods what it has not learned.
    package var cameIn = true
    /// The namespace of the interface that saw it.
    package var observedIn: NetworkNamespace?
    /// The scope in which the address was seen. Nil for not known: then every scope is looked at.
    package var scope: ScopeName?
    /// Of the frame, on that end's side.
    package var hardwareAddress: MACAddress?

    package var port: UInt16?
    /// As IANA registers them: 6 for TCP, 17 for UDP.
    package var protocolNumber: UInt8 = 0
    /// Whether the other end began: then a listening socket may tell whose the port is.
    package var isServer = false
    /// The other end as this end's own socket knows it: before NAT on the way there, after NAT on the way here.
    package var peer: Translation.End?
    /// The control group of the end's own socket, when sock_diag was asked and told.
    package var cgroupIdentifier: UInt64?
    /// Whether the address is not the one on the wire but what conntrack has it stand for.
    package var isTranslated = false
    /// Whether it was seen on another host alone, where addresses are given as here and mean somebody else.
    package var isElsewhere = false

    package init(address: IPAddress, time: Timestamp) {
        self.address = address
        self.time = time
    }
}
