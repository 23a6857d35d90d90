import Addressing
import Flows
import GRDB
import Records
import Wire

/// Writes flows as rows of `flows` or `open_flows`.
final class FlowWriter {
    private let insert: RowWriter
    private let parts: PartWriter
    private let isCovered: Bool
    private var fields = FieldWriter()

    static let columns = """
        last, first, name, traits, protocol, application, source_ip, source_port, destination_ip, destination_port, \
        source_packets, source_bytes, destination_packets, destination_bytes, source, destination, scope, fields
        """

    /// Into `flows`, which `strand` covers, or without one into `open_flows`, whose rows take the place of an earlier one of the
    /// same flow.
    init(_ database: Database, parts: PartWriter, covering strand: StrandWriter? = nil) throws {
        self.parts = parts
        isCovered = strand != nil
        let table = strand == nil ? FlowTableName.open : .flows
        let columns = (isCovered ? "id, " : "") + Self.columns
        let places = Array(repeating: "?", count: isCovered ? 19 : 18).joined(separator: ", ")
        insert = try RowWriter(
            database,
            "INSERT \(isCovered ? "" : "OR REPLACE ")INTO \(table.rawValue) (\(columns)) VALUES (\(places))",
            covering: strand
        )
    }

    func write(_ record: FlowRecord) throws {
        let identities = record.identities
        let source = try identities.map { try parts.number(of: $0.sharedSource, hostName: $0.hostName) }
        let destination = try identities.map { try parts.number(of: $0.sharedDestination, hostName: $0.hostName) }
        let scope = try parts.number(of: record.scope)
        fields.removeAll()
        try fields.write(record, parts)
        if isCovered { try insert.bindNumber() }
        insert.bind(record.last.nanoseconds)
        insert.bind(record.first.nanoseconds)
        insert.bind(Int64(bitPattern: record.identifier.bits))
        insert.bind(FlowTraits(record).number)
        insert.bind(Int64(record.protocolNumber))
        insert.bind(Int64(record.application.rawValue))
        insert.bind(record.source.address.octets.span)
        insert.bind(Int64(record.source.port))
        insert.bind(record.destination.address.octets.span)
        insert.bind(Int64(record.destination.port))
        insert.bind(record.source.packets)
        insert.bind(record.source.bytes)
        insert.bind(record.destination.packets)
        insert.bind(record.destination.bytes)
        insert.bind(source)
        insert.bind(destination)
        insert.bind(scope)
        insert.bind(fields.bytes.span)
        try insert.step()
    }
}

/// Where flows are stored.
enum FlowTableName: String {
    /// Those that are over.
    case flows
    /// Those that are under way, as they stood when they were told of last.
    case open = "open_flows"
}
