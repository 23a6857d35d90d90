import Policy

/// From when on somebody is taken for a scanner. A policy may set each, under `scan`.
struct ScanLimits: Sendable {
    /// Half steps of the walk.
    let steps: Int
    /// Seconds in which distinct failures are counted, and how many are too many whatever was answered.
    let window: Int64
    let ports: Int
    let hosts: Int
    /// Failures in a day that are too many.
    let slow: Int

    /// Fewer failures than five are no pattern, and 64 are remembered each by itself: who is slow takes some steps back until he has failed
    /// so often.
    static let thresholds: [String: RuleCatalog.Threshold] = [
        "failures": RuleCatalog.Threshold(.count, 5...50),
        "window": RuleCatalog.Threshold(.time, 10...3600),
        "ports": RuleCatalog.Threshold(.count, 5...64),
        "hosts": RuleCatalog.Threshold(.count, 5...64),
        "slow": RuleCatalog.Threshold(.count, 10...1000),
    ]

    init(_ thresholds: Thresholds = Thresholds()) {
        steps = 2 * thresholds.number("scan", "failures", or: 5)
        window = Int64(thresholds.number("scan", "window", or: 300))
        ports = thresholds.number("scan", "ports", or: 15)
        hosts = thresholds.number("scan", "hosts", or: 25)
        slow = thresholds.number("scan", "slow", or: 40)
    }

    /// The walk goes no further, so that who succeeds comes back.
    var ceiling: Int { 4 * steps }
    /// That of the fewest failures there may be: for whom nobody need ask how far it may go.
    static var leastCeiling: Int { 40 }
}
