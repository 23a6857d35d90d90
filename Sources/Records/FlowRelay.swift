package import Addressing
package import Containers
package import Flows

/// The other half of a conversation that a process of this host passes on: it took one connection and began another for it.
///
/// Both flows keep their true ends. An object, as hardly any flow has one.
package final class FlowRelay: Sendable {
    /// Which of the two this flow is.
    package enum Direction: Hashable, Sendable {
        /// The process answers it, and goes on to `end`.
        case to
        /// The process began it, for `end`.
        case from
    }

    package let direction: Direction
    /// The other flow, by the name that its first record has.
    package let flow: FlowIdentifier
    /// The far end of the other flow: whom this one leads to, or on whose behalf it is.
    package let address: IPAddress
    package let port: UInt16
    /// Who that is.
    package let identity: Identity

    package init(
        _ direction: Direction,
        _ flow: FlowIdentifier,
        address: IPAddress,
        port: UInt16,
        identity: Identity
    ) {
        self.direction = direction
        self.flow = flow
        self.address = address
        self.port = port
        self.identity = identity
    }
}

extension FlowRelay: Hashable {
    package static func == (left: FlowRelay, right: FlowRelay) -> Bool {
        left.direction == right.direction && left.flow == right.flow && left.address == right.address
            && left.port == right.port && left.identity == right.identity
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(direction)
        hasher.combine(flow)
    }
}
