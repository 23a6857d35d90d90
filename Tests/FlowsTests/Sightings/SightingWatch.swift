import Addressing
import Flows

/// A sighting table by reference, because expectations cannot call what mutates.
final class SightingWatch {
    private(set) var table: SightingTable

    init(capacity: Int = SightingTable.limit) {
        table = SightingTable(capacity: capacity)
    }

    var counters: SightingCounters { table.counters }

    /// Takes note of a frame, `seconds` into the capture.
    func note(_ bytes: [UInt8], at seconds: Int64, scope: UInt32 = 0, point: UInt16 = 0) -> Sighting? {
        unsafe table.note(
            SightingFrames.packet(bytes),
            frame: bytes.span.bytes,
            scope: scope,
            point: point,
            time: Timestamp(nanoseconds: seconds * 1_000_000_000)
        )
    }
}
