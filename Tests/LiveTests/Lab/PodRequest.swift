/// A pod to be started.
struct PodRequest: Sendable {
    /// Of the node it is to run on.
    var node: String
    /// Nil takes the styles in turn.
    var style: PodStyle?
    /// Which address of the node's network it gets: pods with the same number have the same, one after the other. Nil counts up.
    var number: Int?
    /// Whether it has an eth0 on cni0, with a default route.
    var isRouted = true
    /// Layer-2 segments it is on, with its address and prefix length there. Each is one more interface.
    var segments: [Segment] = []
    /// Listened on over TCP and UDP: what comes is sent back.
    var ports: [UInt16] = [Pod.port]
    /// Whom it is to talk to before anything else, and before `start` returns.
    var greeting: Endpoint?
    /// Whom it sends to from its first moment on, for two seconds, whether anybody answers or not; before the greeting.
    var shouts: [Shout] = []

    init(on node: String) {
        self.node = node
    }

    /// A place on a segment that `KernelLab.stretch` laid.
    struct Segment: Sendable {
        var networkIdentifier: UInt32
        /// Such as `10.0.0.2/24`.
        var address: String
    }
}

/// Somebody to send to who need not answer.
struct Shout: Sendable {
    var to: Endpoint
    var `protocol`: Exchange.TransportProtocol

    init(_ to: Endpoint, _ kind: Exchange.TransportProtocol) {
        self.to = to
        `protocol` = kind
    }
}

/// An address and a port.
struct Endpoint: Sendable, Hashable {
    var address: String
    var port: UInt16

    init(_ address: String, _ port: UInt16 = Pod.port) {
        self.address = address
        self.port = port
    }
}
