import Addressing

/// Who calls what.
struct BeaconKey: Hashable, Sendable {
    let source: Subject
    let service: Service

    /// What is called.
    struct Service: Hashable, Sendable {
        enum Place: Hashable, Sendable {
            case address(IPAddress, scope: UInt32)
            /// Whatever addresses it has. From outside.
            case name(String)
        }

        let place: Place
        let protocolNumber: UInt8
        let port: UInt16
    }

    /// Who asks how many hosts for the same.
    struct Round: Hashable, Sendable {
        let source: Subject
        let protocolNumber: UInt8
        let port: UInt16
    }

    init(_ fact: FlowFact, _ place: Service.Place) {
        source = fact.source.subject
        service = Service(place: place, protocolNumber: fact.protocolNumber, port: fact.port)
    }

    var round: Round { Round(source: source, protocolNumber: service.protocolNumber, port: service.port) }
}
