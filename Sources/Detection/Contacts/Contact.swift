import Addressing
import Flows

/// What somebody tried: a port of a host, or the host itself.
struct Contact: TableKey {
    let host: Host
    let protocolNumber: UInt8
    let port: UInt16

    struct Host: TableKey {
        let address: IPAddress
        let scope: UInt32

        @inline(__always)
        func fold(into fold: inout Fold) {
            fold.add(UInt64(scope))
            fold.add(address)
        }
    }

    /// The port, of whichever host.
    struct Port: Hashable, Sendable {
        let protocolNumber: UInt8
        let port: UInt16
    }

    var service: Port { Port(protocolNumber: protocolNumber, port: port) }

    init(host: Host, protocolNumber: UInt8, port: UInt16) {
        self.host = host
        self.protocolNumber = protocolNumber
        self.port = port
    }

    init(_ party: Party, protocolNumber: UInt8, port: UInt16) {
        self.init(
            host: Host(address: party.address, scope: party.scope),
            protocolNumber: protocolNumber,
            port: port
        )
    }

    init(_ fact: FlowFact) {
        self.init(fact.destination, protocolNumber: fact.protocolNumber, port: fact.port)
    }

    @inline(__always)
    func fold(into fold: inout Fold) {
        fold.add(UInt64(host.scope) << 24 | UInt64(protocolNumber) << 16 | UInt64(port))
        fold.add(host.address)
    }
}

/// A contact that came to nothing.
struct FailedContact: Sendable {
    let contact: Contact
    /// Whom it was for, as it was known then.
    let party: Party
    let flow: FlowIdentifier
    let opening: Opening
    let isRefusal: Bool
    /// When it began.
    let time: Timestamp

    init(_ fact: FlowFact, _ contact: Contact, isRefusal: Bool) {
        self.contact = contact
        party = fact.destination
        flow = fact.identifier
        opening = fact.opening
        self.isRefusal = isRefusal
        time = fact.first
    }
}
