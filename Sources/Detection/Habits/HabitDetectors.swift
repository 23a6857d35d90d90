import Addressing

/// What is wrong with how often somebody calls, and how much he sends.
struct HabitDetectors: Sendable {
    private var beacons: BeaconDetector
    private var volumes: VolumeDetector

    init(_ thresholds: Thresholds) {
        beacons = BeaconDetector(thresholds)
        volumes = VolumeDetector(thresholds)
    }

    /// `levels`: how sensitive the ends are, where a policy says.
    mutating func take(_ fact: FlowFact, _ levels: FlowLevels, to alerts: inout [Alert]) {
        beacons.take(fact, levels, to: &alerts)
        volumes.take(fact, to: &alerts)
    }
}
