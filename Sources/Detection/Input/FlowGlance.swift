import Addressing
package import Containers
package import Flows
import Policy
import Wire

/// What is looked at first of a flow: of one that is like most there is little to be seen, and a fact is not made of it.
///
/// A TCP connection or datagrams, whose bytes say nothing, to and from ports that no detector has an eye on.
package struct FlowGlance {
    /// Addresses, and the container it is where a journal says so.
    let source: IPAddress
    let container: Container?
    let contact: Contact
    let isForSelf: Bool
    let isToOutside: Bool
    let first: Timestamp
    let sourcePackets: UInt64

    /// Nil of any other flow. Only of one whose ends are not translated; the ends are as a journal knows them, where one is kept.
    package init?(_ flow: Flow, _ source: borrowing Identity, _ destination: borrowing Identity) {
        guard !source.isForged, destination.kind != .multicast, destination.kind != .vacant else { return nil }
        self.init(flow, source.container, destination.kind)
    }

    package init?(_ flow: Flow) { self.init(flow, nil, .unknown) }

    @inline(__always)
    private init?(_ flow: Flow, _ container: Container?, _ kind: Identity.Kind) {
        guard !flow.hasApplication, flow.sourcePackets > 0, flow.applicationProtocol == .unknown else { return nil }
        let port = flow.destinationPort
        switch flow.protocolNumber {
        case 6: guard flow.firstHistoryLetter == UInt8(ascii: "S"), port != 53 else { return nil }
        case 17: guard !Self.isSpecial(port), !AmplificationDetector.isMisused(flow.sourcePort) else { return nil }
        default: return nil
        }
        let destination = flow.destination
        guard !destination.isMulticast, !DestinationDetector.isMetadataService(destination) else { return nil }
        source = flow.source
        self.container = container
        contact = Contact(
            host: Contact.Host(address: destination, scope: flow.scope),
            protocolNumber: flow.protocolNumber,
            port: port
        )
        isForSelf = source == destination
        isToOutside = kind == .outside || kind == .unknown && destination.isGlobal
        first = flow.first
        sourcePackets = flow.sourcePackets
    }

    /// UDP ports of which more is to be known: those that are misused for amplification, IPsec's, and those of traceroute.
    private static func isSpecial(_ port: UInt16) -> Bool {
        AmplificationDetector.isMisused(port) || port == EncryptedOverlayDetector.natPort || 33_434...33_534 ~= port
    }

    var isConnection: Bool { contact.protocolNumber == 6 }

    var subject: Subject {
        if let container { return .container(container.key) }
        return .address(source, scope: contact.host.scope)
    }

    /// Whether the source's own label asks for a level.
    var claimsLevel: Bool { container?.description.labels[Sensitivity.label] != nil }
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
