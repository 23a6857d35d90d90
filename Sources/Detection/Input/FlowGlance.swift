import Addressing
package import Containers
package import Flows
import Policy
import Wire

/// What is looked at first of a flow: of one that is like most there is little to be seen, and a fact is not made of it.
///
/// A TCP connection, or datagrams to and from ports that no detector has an eye on. Not copied: it is handed along.
package struct FlowGlance: ~Copyable {
    let outline: FlowOutline
    /// Whether the source's own label asks for a level.
    let claimsLevel: Bool
    /// Who the ends are, where a journal says so.
    private let sourceKind: Identity.Kind
    private let destinationKind: Identity.Kind
    private let container: ContainerKey?
    private let destinationContainer: ContainerKey?

    /// Whether a glance is enough for a flow, as long as nothing else is found; of one whose ends are not translated.
    package static func suits(_ outline: borrowing FlowOutline) -> Bool {
        guard outline.sourcePackets > 0 else { return false }
        let port = outline.destinationPort
        switch outline.protocolNumber {
        case 6: guard outline.beginsWithSYN, port != 53 else { return false }
        case 17:
            guard !isSpecial(port), !AmplificationDetector.isMisused(outline.sourcePort) else { return false }
        default: return false
        }
        let destination = outline.destination
        return !destination.isMulticast && !DestinationDetector.isMetadataService(destination)
    }

    /// The same, of one whose ends are as a journal knows them.
    package static func suits(
        _ outline: borrowing FlowOutline,
        _ source: borrowing Identity,
        _ destination: borrowing Identity
    ) -> Bool {
        guard !source.isForged, destination.kind != .multicast, destination.kind != .vacant else { return false }
        return suits(outline)
    }

    /// Of a flow that it suits, and of which no journal says anything.
    package init(_ outline: FlowOutline) {
        self.outline = outline
        (sourceKind, destinationKind) = (.unknown, .unknown)
        (container, destinationContainer) = (nil, nil)
        claimsLevel = false
    }

    /// Of one that it suits.
    package init(_ outline: FlowOutline, _ source: borrowing Identity, _ destination: borrowing Identity) {
        let container = source.container
        self.outline = outline
        (sourceKind, destinationKind) = (source.kind, destination.kind)
        self.container = container?.key
        destinationContainer = destination.container?.key
        claimsLevel = container?.description.labels[Sensitivity.label] != nil
    }

    /// UDP ports of which more is to be known: those that are misused for amplification, and those of traceroute. Of questions for names
    /// there are too many.
    private static func isSpecial(_ port: UInt16) -> Bool {
        AmplificationDetector.isMisused(port) && port != 53 || 33_434...33_534 ~= port
    }

    var contact: Contact {
        Contact(
            host: Contact.Host(address: outline.destination, scope: outline.scope),
            protocolNumber: outline.protocolNumber,
            port: outline.destinationPort
        )
    }

    /// Of whom it tries; worked out each time.
    var contactImprint: Imprint { Imprint(contact) }

    /// Of who began it; worked out each time.
    var sourceImprint: Imprint { Imprint(Contact.Host(address: outline.source, scope: outline.scope)) }

    var isToOutside: Bool { destinationKind.isOutside(outline.destination) }

    var isFromOutside: Bool { sourceKind.isOutside(outline.source) }

    var isConnection: Bool { outline.protocolNumber == 6 }

    var isForSelf: Bool { outline.sourceBits == outline.destinationBits }

    var subject: Subject {
        if let container { return .container(container) }
        return .address(outline.source, scope: outline.scope)
    }

    /// What the levels of its ends are remembered by.
    var sourceEnd: EndLevels.Key {
        EndLevels.Key(address: outline.source, scope: outline.scope, container: container)
    }

    var destinationEnd: EndLevels.Key {
        EndLevels.Key(address: outline.destination, scope: outline.scope, container: destinationContainer)
    }

    /// Whether it asks for names by a datagram, as far as its port says.
    var isQuestion: Bool { outline.protocolNumber == 17 && outline.destinationPort == 53 }
}

/// What a glance was enough for.
package enum GlanceVerdict: Sendable {
    /// A fact is to be made of the flow, and taken.
    case needsFact
    /// All was seen.
    case seen
    /// All was seen, and whether it is answered is to be told.
    case awaited
}
