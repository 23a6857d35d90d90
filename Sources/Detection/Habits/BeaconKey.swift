import Addressing

/// Who calls what.
struct BeaconKey: TableKey {
    let source: Subject
    let service: Service

    /// What is called.
    struct Service: TableKey {
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
    struct Round: TableKey {
        let source: Subject
        let protocolNumber: UInt8
        let port: UInt16
    }

    init(source: Subject, service: Service) {
        self.source = source
        self.service = service
    }

    init(_ fact: FlowFact, _ place: Service.Place) {
        source = fact.source.subject
        service = Service(place: place, protocolNumber: fact.protocolNumber, port: fact.port)
    }

    var round: Round { Round(source: source, protocolNumber: service.protocolNumber, port: service.port) }
}

extension BeaconKey {
    @inline(__always)
    func fold(into fold: inout Fold) {
        source.fold(into: &fold)
        service.fold(into: &fold)
    }
}

extension BeaconKey.Service {
    @inline(__always)
    func fold(into fold: inout Fold) {
        fold.add(UInt64(protocolNumber) << 16 | UInt64(port))
        switch place {
        case .address(let address, let scope):
            fold.add(UInt64(scope))
            fold.add(address)
        case .name(let name): fold.add(UInt64(truncatingIfNeeded: name.hashValue))
        }
    }
}
