import Addressing
import Flows
import Records
import Wire

/// What a flow has besides its columns.
extension FieldWriter {
    mutating func write(_ record: FlowRecord, _ parts: PartWriter) throws {
        if !record.source.mac.isZero { write(.sourceMAC, record.source.mac.bits) }
        if !record.destination.mac.isZero { write(.destinationMAC, record.destination.mac.bits) }
        if let end = record.source.nat { write(.sourceNAT, end) }
        if let end = record.destination.nat { write(.destinationNAT, end) }
        if let ends = record.counted {
            write(.counted, ends.source)
            write(ends.destination)
        }
        if let message = record.icmp { write(.icmp, UInt64(message.type) << 8 | UInt64(message.code)) }
        if let tunnel = record.tunnel {
            write(.tunnel, UInt64(bitPattern: try parts.number(of: tunnel)))
            number(UInt64(record.tunnelPort))
        }
        try write(record.path, parts)
        if !record.history.isEmpty { write(.history, record.history) }
        if let twin = record.twin { write(.twin, word: twin.bits) }
        if let flow = record.joinedTo { write(.joinedTo, word: flow.bits) }
        if let relay = record.relay { try write(relay, record.identities?.hostName, parts) }
        if let name = record.source.domain { write(.sourceDomain, name) }
        if let name = record.destination.domain { write(.destinationDomain, name) }
        if let details = record.details { write(details) }
    }

    private mutating func write(_ path: [FlowRecord.Place], _ parts: PartWriter) throws {
        write(.path, UInt64(path.count))
        for place in path {
            number(UInt64(bitPattern: try parts.number(of: place.point)))
            number(place.packets)
            number(place.bytes)
            number(place.isTranslated ? 1 : 0)
        }
    }

    private mutating func write(_ relay: FlowRelay, _ hostName: String?, _ parts: PartWriter) throws {
        write(.relay, relay.direction == .to ? 1 : 0)
        word(relay.flow.bits)
        write(FlowTranslation.End(address: relay.address, port: relay.port))
        number(UInt64(bitPattern: try parts.number(of: SharedIdentity(relay.identity), hostName: hostName)))
    }

    private mutating func write(_ details: ApplicationDetails) {
        begin(.details)
        if let name = details.dnsQuestionName { write(.dnsName, name) }
        if let type = details.dnsQuestionType { write(.dnsType, UInt64(type.rawValue)) }
        if let code = details.dnsResponseCode { write(.dnsCode, UInt64(code.rawValue)) }
        if let name = details.serverName { write(.serverName, name) }
        for name in details.alpn { write(.alpn, name) }
        if let name = details.alpnSelected { write(.alpnSelected, name) }
        if let version = details.tlsOfferedVersion { write(.tlsOffered, UInt64(version.rawValue)) }
        if let version = details.tlsVersion { write(.tlsVersion, UInt64(version.rawValue)) }
        if let suite = details.tlsCipherSuite { write(.tlsCipher, UInt64(suite)) }
        if let method = details.httpMethod { write(.httpMethod, method) }
        if let host = details.httpHost { write(.httpHost, host) }
        if let path = details.httpPath { write(.httpPath, path) }
        if let status = details.httpStatus { write(.httpStatus, UInt64(status)) }
        if let line = details.sshClient { write(.sshClient, line) }
        if let line = details.sshServer { write(.sshServer, line) }
        if let version = details.quicVersion { write(.quicVersion, UInt64(version.rawValue)) }
    }

    private mutating func write(_ field: FlowField, _ value: UInt64) {
        begin(field)
        number(value)
    }

    private mutating func write(_ field: FlowField, word value: UInt64) {
        begin(field)
        word(value)
    }

    private mutating func write(_ field: FlowField, _ value: String) {
        begin(field)
        text(value)
    }

    private mutating func write(_ field: FlowField, _ end: FlowTranslation.End) {
        begin(field)
        write(end)
    }

    private mutating func write(_ end: FlowTranslation.End) {
        address(end.address)
        number(UInt64(end.port))
    }
}
