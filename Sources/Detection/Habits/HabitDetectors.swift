import Addressing

/// What is wrong with how often somebody calls, and how much he sends.
struct HabitDetectors: Sendable {
    private var beacons: BeaconDetector
    private var volumes: VolumeDetector

    init(_ thresholds: Thresholds) {
        beacons = BeaconDetector(thresholds)
        volumes = VolumeDetector(thresholds)
    }

    mutating func apply(_ thresholds: Thresholds) {
        beacons.apply(thresholds)
        volumes.apply(thresholds)
    }

    /// Whether somebody made such a call before; from now on he did.
    mutating func isKnown(
        _ glance: borrowing FlowGlance,
        _ source: Imprint,
        _ contact: Imprint,
        at time: Timestamp
    ) -> Bool {
        volumes.begin(at: time)
        return beacons.isKnown(glance, source, contact)
    }

    /// Whether it matters to what is known of somebody's habits what became of a flow.
    func follow(_ glance: borrowing FlowGlance) -> Bool { beacons.follows(glance) || glance.isToOutside }

    /// Whether it matters to anybody's habits by what name somebody was called.
    var hasNames: Bool { beacons.hasNames }

    /// `levels`: how sensitive the ends are, where a policy says.
    mutating func take(_ fact: FlowFact, _ levels: FlowLevels, to alerts: inout [Alert]) {
        beacons.take(fact, levels, to: &alerts)
        volumes.take(fact, to: &alerts)
    }
}
