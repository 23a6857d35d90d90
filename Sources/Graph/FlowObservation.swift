package import Addressing

/// A flow as the graph takes it: who its ends are, and what it has counted since it began.
package struct FlowObservation: Sendable {
    package var source: Endpoint
    package var destination: Endpoint
    package var protocolNumber: UInt8
    /// The responder's port, where there are ports.
    package var port: UInt16?
    /// The number of its record; nil when nothing was told of that record before, and nothing will be.
    package var serial: UInt32?
    /// What its record has counted so far, but for `flows`.
    package var counts: EdgeCounts
    /// Whether it counts as one more flow by this observation.
    package var isAnother: Bool
    package var first: Timestamp
    package var last: Timestamp
    /// Whether nothing more comes of this record.
    package var isOver: Bool
    /// From which host to which its packets went, where that is seen.
    package var carriage: Carriage?
    /// What the initiator asked for, where something else answered.
    package var asked: PublishedAddress?

    package init(
        source: Endpoint,
        destination: Endpoint,
        protocolNumber: UInt8,
        port: UInt16?,
        counts: EdgeCounts,
        isAnother: Bool = true,
        first: Timestamp,
        last: Timestamp,
        isOver: Bool = true
    ) {
        self.source = source
        self.destination = destination
        self.protocolNumber = protocolNumber
        self.port = port
        self.counts = counts
        self.isAnother = isAnother
        self.first = first
        self.last = last
        self.isOver = isOver
    }
}
