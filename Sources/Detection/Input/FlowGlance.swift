import Addressing
package import Containers
package import Flows
import Policy

/// What is looked at first of a flow: a TCP connection that somebody began and nobody answered, outside of tunnels. Of a scan's
/// millions there is nothing more to be seen, and a fact is not made of each.
package struct FlowGlance {
    let serial: UInt32
    let subject: Subject
    let contact: Contact
    let isForSelf: Bool
    /// Whether the source's own label asks for a level.
    let claimsLevel: Bool
    let first: Timestamp
    let sourcePackets: UInt64
    let sourceBytes: UInt64
    let source: IPAddress

    /// Whether it was no more than some SYNs.
    var isBare: Bool { sourcePackets < 4 && sourceBytes <= sourcePackets &* 80 }

    /// Nil of any other flow, and of one that is worth a fact for where it leads. Only of a flow whose ends are not translated;
    /// `source` is who began it, where a journal is kept.
    package init?(_ flow: borrowing Flow, source identity: borrowing Identity) {
        guard !identity.isForged else { return nil }
        self.init(flow, identity.container)
    }

    package init?(_ flow: borrowing Flow) { self.init(flow, nil) }

    @inline(__always)
    private init?(_ flow: borrowing Flow, _ container: Container?) {
        guard flow.protocolNumber == 6, flow.destinationPackets == 0, !flow.isTunnelled, !flow.hasApplication,
            flow.firstHistoryLetter == UInt8(ascii: "S")
        else { return nil }
        let destination = flow.destination
        guard !destination.isMulticast, !DestinationDetector.isMetadataService(destination) else { return nil }
        serial = flow.serial
        if let key = container?.key {
            subject = .container(key)
        } else {
            subject = .address(flow.source, scope: flow.scope)
        }
        contact = Contact(
            host: Contact.Host(address: destination, scope: flow.scope),
            protocolNumber: 6,
            port: flow.destinationPort
        )
        isForSelf = flow.source == destination
        claimsLevel = container?.description.labels[Sensitivity.label] != nil
        first = flow.first
        sourcePackets = flow.sourcePackets
        sourceBytes = flow.sourceBytes
        source = flow.source
    }
}
