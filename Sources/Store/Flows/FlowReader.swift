import Addressing
import Flows
import GRDB
import Records
import Wire

/// Makes records of the rows of a query whose columns are those of `FlowWriter`, after the row's own number.
struct FlowReader {
    private let parts: PartReader
    private let filter: FlowFilter

    init(_ parts: PartReader, filter: FlowFilter) {
        self.parts = parts
        self.filter = filter
    }

    /// The record of a row; nil when the filter does not want it.
    ///
    /// A row that cannot be read is an error that names it: nothing is told in part.
    func record(_ row: RowReader, in table: FlowTableName) throws -> FlowRecord? {
        do {
            return try read(row, isOpen: table == .open)
        } catch is FieldReader.Damage {
            throw StoreError.unreadable(table: table.rawValue, row: row.number(0))
        }
    }

    private func read(_ row: RowReader, isOpen: Bool) throws -> FlowRecord? {
        guard let traits = FlowTraits(row.number(4)), let application = UInt8(exactly: row.number(6)),
            let protocolNumber = UInt8(exactly: row.number(5)),
            let sourceAddress = IPAddress(octets: row.bytes(7)), let sourcePort = UInt16(exactly: row.number(8)),
            let destinationAddress = IPAddress(octets: row.bytes(9)),
            let destinationPort = UInt16(exactly: row.number(10))
        else { throw FieldReader.Damage() }
        let sourceEnd = FlowTranslation.End(address: sourceAddress, port: sourcePort)
        let destinationEnd = FlowTranslation.End(address: destinationAddress, port: destinationPort)
        let source = try row.optional(15).map(parts.who)
        let destination = try row.optional(16).map(parts.who)
        let scope = try parts.scope(row.number(17))
        let protocolSpoken = ApplicationProtocol(rawValue: application) ?? .unknown
        var record = FlowRecord(
            action: isOpen ? .updated : .ended,
            identifier: FlowIdentifier(bits: UInt64(bitPattern: row.number(3))),
            first: Timestamp(nanoseconds: row.number(2)),
            last: Timestamp(nanoseconds: row.number(1)),
            source: FlowRecord.End(sourceEnd, packets: row.count(11), bytes: row.count(12)),
            destination: FlowRecord.End(destinationEnd, packets: row.count(13), bytes: row.count(14)),
            protocolNumber: protocolNumber,
            scope: scope
        )
        record.application = protocolSpoken
        record.timestampDigits = traits.timestampDigits
        record.state = traits.state
        record.endReason = traits.endReason
        record.connectionState = traits.connectionState
        record.isIPv6 = traits.isIPv6
        record.beganWithResponder = traits.beganWithResponder
        if let source, let destination {
            record.identities = FlowIdentities(
                source: source.shared,
                destination: destination.shared,
                hostName: source.hostName
            )
        }
        // What is cheap to see is asked first; what NAT showed stands among the fields.
        if !filter.isEmpty, !traits.hasNAT, !filter.holds(of: FilteredFlow(record)) { return nil }
        var fields = FieldReader(row.bytes(18))
        try fields.read(into: &record, parts)
        if !filter.isEmpty, traits.hasNAT, !filter.holds(of: FilteredFlow(record)) { return nil }
        return record
    }
}
