import Addressing

/// A packet that two captures have, and how far apart they say that it passed.
struct ClockMatch: Sendable {
    var ends: EndPair
    /// Whether the end with the larger address sent it.
    var isReversed: Bool
    /// When it passed the one whose clock counts, in nanoseconds.
    var time: Int64
    /// Nanoseconds from when it was last seen there until it was first seen here: how far this clock is ahead at the most, if it came
    /// from there.
    var least: Int64
    /// From when it was first seen there until it was last seen here: how far this clock is ahead at the least, if it went there.
    var most: Int64

    /// `slack` is how coarse times are, in nanoseconds. Nil of packets that were sent again, and of times that are no times.
    init?(_ mark: PacketMark, there: PacketSighting, here: PacketSighting, slack: Int64) {
        guard !there.isRepeated, !here.isRepeated else { return nil }
        let (least, isTooSmall) = here.first.subtractingReportingOverflow(there.last)
        let (most, isTooLarge) = here.last.subtractingReportingOverflow(there.first)
        guard !isTooSmall, !isTooLarge, Self.conceivable ~= least, Self.conceivable ~= most else { return nil }
        ends = mark.ends
        isReversed = mark.isReversed
        time = there.first
        self.least = least + slack
        self.most = most - slack
    }

    /// How far two clocks may be apart, in nanoseconds: 36 years. What is further would not be good to reckon with.
    private static var conceivable: ClosedRange<Int64> { -(1 << 60)...1 << 60 }
}
