package import Addressing
package import Flows

/// All that judges: takes what becomes of flows, in order of packet time, and gives what is wrong.
///
/// A value without clock or thread. What comes out depends on the events and their times only: not on how packets were divided into
/// batches, nor on when `advance` is called, nor on the order of a hash table.
package struct Detectors: Sendable {
    private var scans = ScanDetector()
    private var floods = FloodDetector()
    private let land = LandDetector()
    private var forgers = ForgedSourceDetector()
    private var neighbours = NeighbourSweepDetector()
    private var takeovers = TakeoverDetector()
    private var servers = RogueServerDetector()
    private var repeats = RepeatFold()
    private var found: [Alert] = []

    package init() {}

    package mutating func take(_ fact: FlowFact) {
        advance(to: fact.time)
        scans.take(fact, to: &found)
        floods.take(fact, to: &found)
        land.take(fact, to: &found)
        forgers.take(fact, to: &found)
    }

    /// The responder of a flow that began sent its first packet.
    package mutating func answered(_ serial: UInt32, isRefusal: Bool, at time: Timestamp) {
        advance(to: time)
        scans.answered(serial, isRefusal: isRefusal, at: time, to: &found)
        floods.answered(serial, isRefusal: isRefusal, at: time, to: &found)
    }

    /// Something was seen that is no flow; `party` is who sent it, by the interface it came through or its hardware address, and nil
    /// when nobody knows. Not who has the address that it claims: that may be the victim.
    package mutating func take(_ sighting: Sighting, from party: Party?) {
        for hearsay in Hearsay.of(sighting, from: party) { take(hearsay) }
    }

    mutating func take(_ hearsay: Hearsay) {
        advance(to: hearsay.time)
        neighbours.take(hearsay, to: &found)
        takeovers.take(hearsay, to: &found)
        servers.take(hearsay, to: &found)
    }

    /// Says that it is that time, although nothing happened.
    package mutating func advance(to time: Timestamp) {
        let before = found.count
        scans.advance(to: time, to: &found)
        floods.advance(to: time, to: &found)
        neighbours.advance(to: time, to: &found)
        // Detectors settle one after the other; what they find is told in the order of time, whoever called how often.
        if found.count > before + 1 { sort(from: before) }
    }

    private mutating func sort(from start: Int) {
        let fresh = found[start...].enumerated().sorted {
            ($0.element.time, $0.offset) < ($1.element.time, $1.offset)
        }
        found.replaceSubrange(start..., with: fresh.map(\.element))
    }

    /// What was found since it was called last, without repeats.
    package mutating func takeAlerts() -> [Alert] {
        if found.isEmpty { return [] }
        defer { found.removeAll(keepingCapacity: true) }
        return found.filter { repeats.admits($0) }
    }
}
