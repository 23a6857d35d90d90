import Addressing

/// Notices when the clock that frames are dated by is set.
///
/// A plain value: it is shown that clock together with one that nobody sets, and compares how far they are apart with how far
/// they were within the last second. Slewing (adjtime(3)) is far slower than what it takes for a step.
struct ClockWatch {
    /// The clock was set: what it would have shown, and what it shows.
    struct Step: Hashable {
        var from: Timestamp
        var to: Timestamp

        var isBack: Bool { to < from }
    }

    private var offset: Int64?
    private var compared = Int64.min

    /// What is less, in nanoseconds, is none: 2 s.
    static var least: Int64 { 2_000_000_000 }

    /// Shows both clocks; returns a step when one has been made since they were shown last.
    mutating func note(_ time: Timestamp, steady: Int64) -> Step? {
        let current = time.nanoseconds &- steady
        guard let before = offset else {
            offset = current
            compared = steady
            return nil
        }
        let apart = current &- before
        if abs(apart) > Self.least {
            offset = current
            compared = steady
            return Step(from: Timestamp(nanoseconds: steady &+ before), to: time)
        }
        if steady &- compared >= 1_000_000_000 {
            offset = current
            compared = steady
        }
        return nil
    }
}
