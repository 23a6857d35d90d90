import Addressing
import Flows
import GRDB
import Records

@testable import Store

/// What stands in a row of the store: the fields of a flow, and the parts that flows share; the first byte says which.
func fuzzRows(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    guard let input = unsafe FuzzInput(start, count) else { return -1 }
    let bytes = input.bytes
    switch input.choice % 4 {
    case 0: _ = try? PartCoding.scope(bytes)
    case 1: _ = try? PartCoding.point(bytes)
    case 2: _ = try? PartCoding.tunnel(bytes)
    default:
        try? noParts?.read { database in
            var record = emptyFlow
            var fields = FieldReader(bytes)
            try fields.read(into: &record, PartReader(database))
        }
    }
    return 0
}

/// A database in which no part is found.
private let noParts: DatabaseQueue? = {
    guard let queue = try? DatabaseQueue() else { return nil }
    try? queue.write { try $0.execute(sql: "CREATE TABLE parts (id INTEGER PRIMARY KEY, kind INTEGER, value BLOB)") }
    return queue
}()

private var emptyFlow: FlowRecord {
    let end = FlowTranslation.End(address: .v4(IPv4Address(bits: 0)), port: 0)
    return FlowRecord(
        action: .ended,
        identifier: FlowIdentifier(bits: 1),
        first: Timestamp(nanoseconds: 0),
        last: Timestamp(nanoseconds: 0),
        source: FlowRecord.End(end, packets: 0, bytes: 0),
        destination: FlowRecord.End(end, packets: 0, bytes: 0),
        protocolNumber: 6
    )
}
