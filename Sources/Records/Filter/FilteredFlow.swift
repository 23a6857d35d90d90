package import Flows
package import Wire

/// A flow as far as filters ask, with what is known of it when it is told of.
package struct FilteredFlow {
    package var source = FilteredEnd()
    package var destination = FilteredEnd()
    /// As IANA registers them.
    package var protocolNumber: UInt8 = 0
    package var application = ApplicationProtocol.unknown
    /// Nil where no journal is kept.
    package var direction: FlowDirection?

    package init() {}

    /// What a record of the flow would say.
    package init(_ flow: Flow, _ book: borrowing FlowBook, _ names: FlowNames) {
        let (real, nat) = FlowEnds.of(flow, book.translation(of: flow))
        let segment = book.scopeName(of: flow).segment
        source = FilteredEnd(real.source, nat.source, hasPorts: flow.hasPorts, segment)
        destination = FilteredEnd(real.destination, nat.destination, hasPorts: flow.hasPorts, segment)
        protocolNumber = flow.protocolNumber
        application = flow.applicationProtocol
        identify(names.identities)
    }

    /// Takes in who the ends are, where that is known.
    mutating func identify(_ identities: FlowIdentities?) {
        guard let identities else { return }
        source.identify(identities.source)
        destination.identify(identities.destination)
        direction = identities.direction
    }
}
