package import Addressing
package import Containers

/// One end of a conversation, as far as a baseline asks for it. A live flow, a stored one and one of a capture have all of it.
package struct BaselineEnd: Sendable {
    package var address: IPAddress
    package var kind: Identity.Kind
    /// The run of a container it is; nil where it is none, or nobody knows.
    package var container: Container?
    /// The layer-2 network it is in, by name or number, where it is known.
    package var segment: String?
    /// What it was asked for by, where it is a destination outside. From outside.
    package var name: String?

    package init(
        _ address: IPAddress,
        kind: Identity.Kind = .unknown,
        container: Container? = nil,
        segment: String? = nil,
        name: String? = nil
    ) {
        self.address = address
        self.kind = container == nil ? kind : .container
        self.container = container
        self.segment = segment
        self.name = name
    }

    /// Whether it is beyond the networks of containers and of their hosts. Where no journal is kept an address that is routed in the
    /// Internet is.
    package var isOutside: Bool { kind == .outside || kind == .unknown && address.isGlobal }

    var isGroup: Bool { kind == .multicast || address.isMulticast }
}
