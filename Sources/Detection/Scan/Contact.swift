import Addressing
import Flows

/// What somebody tried: a port of a host, or the host itself.
struct Contact: Hashable, Sendable {
    let host: Host
    let protocolNumber: UInt8
    let port: UInt16

    struct Host: Hashable, Sendable {
        let address: IPAddress
        let scope: UInt32
    }

    /// The port, of whichever host.
    struct Port: Hashable, Sendable {
        let protocolNumber: UInt8
        let port: UInt16
    }

    var service: Port { Port(protocolNumber: protocolNumber, port: port) }

    init(_ fact: FlowFact) {
        host = Host(address: fact.destination.address, scope: fact.destination.scope)
        protocolNumber = fact.protocolNumber
        port = fact.port
    }
}

/// A contact that came to nothing.
struct FailedContact: Sendable {
    let contact: Contact
    let name: String
    let flow: FlowIdentifier
    let opening: Opening
    let isRefusal: Bool
    /// When it began.
    let time: Timestamp
}
