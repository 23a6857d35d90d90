/// The packets between two addresses that two captures have, by time.
///
/// Of two hosts that see the same packets each is nearer to one of the addresses: what comes from there is never seen earlier here, and the
/// other way round. Which it is, neighbours tell: a packet and the next of the other direction are so close in time that no clock drifts
/// between them.
struct ClockPair {
    enum Side: Sendable {
        /// The smaller address is nearer to the host whose clock counts; or the larger one.
        case low, high
        /// There are no two packets of different directions close to each other.
        case unknown
        case contradictory
    }

    let matches: [ClockMatch]
    let side: Side

    /// Matches in the order of time.
    init(_ matches: [ClockMatch]) {
        self.matches = matches
        var (low, high, neither, both) = (0, 0, 0, 0)
        for (one, next) in zip(matches, matches.dropFirst()) where one.isReversed != next.isReversed {
            let (gap, isTooLarge) = next.time.subtractingReportingOverflow(one.time)
            guard !isTooLarge, gap <= Self.nearness else { continue }
            let (up, down) = one.isReversed ? (next, one) : (one, next)
            switch (up.least >= down.most, down.least >= up.most) {
            case (true, false): low += 1
            case (false, true): high += 1
            case (true, true): both += 1
            case (false, false): neither += 1
            }
        }
        if low + high + neither == 0 {
            // Where packets take no time that the times of files show, it is the same either way.
            side = both > 0 ? .low : .unknown
        } else if low >= 9 * (high + neither), low > 0 {
            side = .low
        } else if high >= 9 * (low + neither), high > 0 {
            side = .high
        } else {
            side = .contradictory
        }
    }

    /// Whether packets of both directions are there, however far apart.
    var goesBothWays: Bool { matches.contains(where: \.isReversed) && !matches.allSatisfy(\.isReversed) }

    /// Within how many nanoseconds two packets are neighbours.
    private static var nearness: Int64 { 1_000_000_000 }

    /// Whether a packet came from the host whose clock counts.
    func comesFromThere(_ match: ClockMatch) -> Bool { match.isReversed == (side == .high) }

    /// Between which the other clock's lead lies at `reference`, if it gains `drift`; the first may be above the second, and then it
    /// does not lie anywhere.
    func bounds(drift: Double, reference: Int64) -> (low: Int64, high: Int64) {
        var (low, high) = (Int64.min, Int64.max)
        for match in matches {
            let gained = drift == 0 ? 0 : Int64(Double(match.time) * drift - Double(reference) * drift)
            if comesFromThere(match) {
                high = min(high, match.least &- gained)
            } else {
                low = max(low, match.most &- gained)
            }
        }
        return (low, high)
    }
}
