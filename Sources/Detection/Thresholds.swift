package import Policy

/// What a policy has otherwise with detectors: counts, seconds, bytes.
package struct Thresholds: Sendable {
    private var values: [ThresholdKey: Int] = [:]

    /// As the detectors have it.
    package init() {}

    package init(_ policy: DeclaredPolicy) { values = policy.thresholds }

    /// The number that counts: the policy's, else the detector's own.
    func number(_ detector: String, _ name: String, or own: Int) -> Int {
        values.isEmpty ? own : values[ThresholdKey(detector, name)] ?? own
    }
}
