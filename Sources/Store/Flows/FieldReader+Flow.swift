import Addressing
import Flows
import Records
import Wire

/// What a flow has besides its columns.
extension FieldReader {
    /// Reads all fields into a record.
    mutating func read(into record: inout FlowRecord, _ parts: PartReader) throws {
        while let field = try field() {
            switch field {
            case .sourceMAC: record.source.mac = MACAddress(bits: try number())
            case .destinationMAC: record.destination.mac = MACAddress(bits: try number())
            case .sourceNAT: record.source.nat = try end()
            case .destinationNAT: record.destination.nat = try end()
            case .counted:
                let source = try end()
                record.counted = FlowEnds(source: source, destination: try end())
            case .icmp:
                let word = try number(as: UInt16.self)
                record.icmp = FlowRecord.ICMP(type: UInt8(word >> 8), code: UInt8(word & 0xff))
            case .tunnel:
                record.tunnel = try parts.tunnel(Int64(bitPattern: try number()))
                record.tunnelPort = try number(as: UInt16.self)
            case .path: record.path = try path(parts)
            case .history: record.history = try text()
            case .twin: record.twin = FlowIdentifier(bits: try word())
            case .joinedTo: record.joinedTo = FlowIdentifier(bits: try word())
            case .relay: record.relay = try relay(parts)
            case .sourceDomain: record.source.domain = try text()
            case .destinationDomain: record.destination.domain = try text()
            case .details: record.details = ApplicationDetails()
            default: try read(field, into: &record.details)
            }
        }
    }

    private mutating func end() throws(Damage) -> FlowTranslation.End {
        let address = try address()
        return FlowTranslation.End(address: address, port: try number(as: UInt16.self))
    }

    private mutating func path(_ parts: PartReader) throws -> [FlowRecord.Place] {
        var path: [FlowRecord.Place] = []
        for _ in 0..<(try number(as: UInt8.self)) {
            let point = try parts.point(Int64(bitPattern: try number()))
            let packets = try number()
            let bytes = try number()
            path.append(
                FlowRecord.Place(point: point, packets: packets, bytes: bytes, isTranslated: try number() == 1)
            )
        }
        return path
    }

    private mutating func relay(_ parts: PartReader) throws -> FlowRelay {
        let direction: FlowRelay.Direction = try number() == 1 ? .to : .from
        let flow = FlowIdentifier(bits: try word())
        let end = try end()
        let who = try parts.who(Int64(bitPattern: try number()))
        return FlowRelay(direction, flow, address: end.address, port: end.port, identity: who.shared.identity)
    }

    private mutating func read(_ field: FlowField, into details: inout ApplicationDetails?) throws(Damage) {
        switch field {
        case .dnsName: details?.dnsQuestionName = try text()
        case .dnsType: details?.dnsQuestionType = DNSRecordType(rawValue: try number(as: UInt16.self))
        case .dnsCode: details?.dnsResponseCode = DNSResponseCode(rawValue: try number(as: UInt8.self))
        case .serverName: details?.serverName = try text()
        case .alpn: details?.alpn.append(try text())
        case .alpnSelected: details?.alpnSelected = try text()
        case .tlsOffered: details?.tlsOfferedVersion = TLSVersion(rawValue: try number(as: UInt16.self))
        case .tlsVersion: details?.tlsVersion = TLSVersion(rawValue: try number(as: UInt16.self))
        case .tlsCipher: details?.tlsCipherSuite = try number(as: UInt16.self)
        case .httpMethod: details?.httpMethod = try text()
        case .httpHost: details?.httpHost = try text()
        case .httpPath: details?.httpPath = try text()
        case .httpStatus: details?.httpStatus = try number(as: UInt16.self)
        case .sshClient: details?.sshClient = try text()
        case .sshServer: details?.sshServer = try text()
        case .quicVersion: details?.quicVersion = QUICVersion(rawValue: try number(as: UInt32.self))
        default: throw Damage()
        }
    }
}
