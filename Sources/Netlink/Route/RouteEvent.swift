/// What changed, and in which network namespace.
package struct RouteEvent: Hashable, Sendable {
    /// The number of the namespace it changed in, as the listener's namespace has it; nil for the listener's own.
    package var namespaceIdentifier: Int32?
    package var change: Change

    package init(namespaceIdentifier: Int32?, change: Change) {
        self.namespaceIdentifier = namespaceIdentifier
        self.change = change
    }

    /// What changed. What is new and what is only different look alike.
    package enum Change: Hashable, Sendable {
        case link(LinkMessage)
        case linkGone(LinkMessage)
        case address(AddressMessage)
        case addressGone(AddressMessage)
        case neighbour(NeighbourMessage)
        case neighbourGone(NeighbourMessage)
        case route(RouteMessage)
        case routeGone(RouteMessage)
        /// A namespace got a number, or it lost it, having ended.
        case namespaceIdentifier(NamespaceIdentifierMessage)
        case namespaceIdentifierGone(NamespaceIdentifierMessage)
        /// Events were lost, of any namespace: what is known must be compared with new dumps.
        ///
        /// It comes when all that waited has been read, so that a dump made now is not overwritten by older events.
        case lost
    }
}
