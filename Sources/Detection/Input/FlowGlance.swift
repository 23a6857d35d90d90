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
    /// Of the contact, and of who began it.
    let contactImprint: Imprint
    let sourceImprint: Imprint
    let isToOutside: Bool
    /// Whether the source's own label asks for a level.
    let claimsLevel: Bool
    /// The container it is, where a journal says so.
    private let container: ContainerKey?

    /// Whether a glance is enough for a flow, as long as nothing else is found; of one whose ends are not translated.
    package static func suits(_ outline: borrowing FlowOutline) -> Bool {
        guard outline.sourcePackets > 0 else { return false }
        let port = outline.destinationPort
        switch outline.protocolNumber {
        case 6: guard outline.firstHistoryLetter == UInt8(ascii: "S"), port != 53 else { return false }
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
        self.init(outline, nil, claimsLevel: false, isToOutside: outline.destination.isGlobal)
    }

    /// Of one that it suits.
    package init(_ outline: FlowOutline, _ source: borrowing Identity, _ destination: borrowing Identity) {
        let (container, kind) = (source.container, destination.kind)
        self.init(
            outline,
            container?.key,
            claimsLevel: container?.description.labels[Sensitivity.label] != nil,
            isToOutside: kind == .outside || kind == .unknown && outline.destination.isGlobal
        )
    }

    @inline(__always)
    private init(_ outline: FlowOutline, _ container: ContainerKey?, claimsLevel: Bool, isToOutside: Bool) {
        self.outline = outline
        self.container = container
        self.claimsLevel = claimsLevel
        self.isToOutside = isToOutside
        contactImprint = Imprint(Self.contact(outline))
        sourceImprint = Imprint(Contact.Host(address: outline.source, scope: outline.scope))
    }

    /// UDP ports of which more is to be known: those that are misused for amplification, and those of traceroute.
    private static func isSpecial(_ port: UInt16) -> Bool {
        AmplificationDetector.isMisused(port) || 33_434...33_534 ~= port
    }

    @inline(__always)
    private static func contact(_ outline: FlowOutline) -> Contact {
        Contact(
            host: Contact.Host(address: outline.destination, scope: outline.scope),
            protocolNumber: outline.protocolNumber,
            port: outline.destinationPort
        )
    }

    var contact: Contact { Self.contact(outline) }

    var isConnection: Bool { outline.protocolNumber == 6 }

    var isForSelf: Bool { outline.sourceBits == outline.destinationBits }

    /// Where who calls whom stands.
    var pairPlace: UInt64 { sourceImprint.place(with: contactImprint) }

    var subject: Subject {
        if let container { return .container(container) }
        return .address(outline.source, scope: outline.scope)
    }

    /// Whether what its first bytes said is enough to look closer as it begins.
    var beginsSpecially: Bool { outline.applicationProtocol == .wireguard }
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
