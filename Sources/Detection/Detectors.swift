package import Addressing

/// All that judges: takes what becomes of flows, in order of packet time, and gives what is wrong.
///
/// A value without clock or thread. What comes out depends on the events and their times only: not on how packets were divided into
/// batches, nor on when `advance` is called, nor on the order of a hash table.
package struct Detectors: Sendable {
    private var scans = ScanDetector()
    private var repeats = RepeatFold()
    private var found: [Alert] = []

    package init() {}

    package mutating func take(_ fact: FlowFact) { scans.take(fact, to: &found) }

    /// The responder of a flow that began sent its first packet.
    package mutating func answered(_ serial: UInt32, isRefusal: Bool, at time: Timestamp) {
        scans.answered(serial, isRefusal: isRefusal, at: time, to: &found)
    }

    /// Says that it is that time, although nothing happened.
    package mutating func advance(to time: Timestamp) { scans.advance(to: time, to: &found) }

    /// What was found since it was called last, without repeats.
    package mutating func takeAlerts() -> [Alert] {
        if found.isEmpty { return [] }
        defer { found.removeAll(keepingCapacity: true) }
        return found.filter { repeats.admits($0) }
    }
}
