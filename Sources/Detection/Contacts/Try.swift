import Addressing
import Flows

/// Somebody begins a flow, and nobody has answered yet.
struct Try: Sendable {
    let source: Party
    let destination: Party
    let protocolNumber: UInt8
    let opening: Opening
    let sourcePort: UInt16
    let port: UInt16
    let flow: FlowIdentifier
    /// When it began.
    let first: Timestamp
    /// Whether who scans would try that.
    let isContact: Bool
    /// Whether nobody is known to have been answered there.
    var isNew = false
    /// Whether it was taken for failed before it was known.
    var isJudged = false
    /// What it would be a part of, if it were part of a flood.
    let flood: FloodKey.Kind?

    /// Where it is counted among those of its source.
    var counted: UInt16?

    init(_ fact: FlowFact, isContact: Bool, flood: FloodKey.Kind?) {
        source = fact.source
        destination = fact.destination
        protocolNumber = fact.protocolNumber
        opening = fact.opening
        sourcePort = fact.sourcePort
        port = fact.port
        flow = fact.identifier
        first = fact.first
        self.isContact = isContact
        self.flood = flood
    }

    /// Whether it is how somebody asks for a service, and not out of nowhere.
    var looksForService: Bool {
        switch opening {
        case .ack, .fin, .null, .fragment: false
        default: true
        }
    }

    /// What was tried.
    var contact: Contact { Contact(destination, protocolNumber: protocolNumber, port: port) }
}
