import Addressing
import Capture
import Records

/// How far one clock is ahead of another, by packets that passed both hosts.
///
/// A packet takes some time and never less than none. What went there bounds the lead of the clock here from below, what came from there from
/// above, as in RFC 5905 (NTP); the tightest bounds of both kinds are those of the packets that nothing held up. Pairs of addresses
/// are asked each by itself: where one in ten says otherwise (RFC 5905, 11.2.1), or clocks would have to run at different rates that no
/// clock has, nothing is found.
struct ClockFit {
    let finding: CaptureClock.Finding
    /// What sets the other clock right.
    private(set) var shift: ClockShift?
    private let pairs: [ClockPair]
    private let reference: Int64

    init(_ matches: [ClockMatch]) {
        let pairs = Self.pairs(matches)
        let contradictory = pairs.count { if case .contradictory = $0.side { true } else { false } }
        self.pairs = pairs.filter {
            switch $0.side {
            case .low, .high: true
            case .unknown, .contradictory: false
            }
        }
        reference = matches.map(\.time).min() ?? 0
        guard matches.count >= Self.fewest else {
            finding = .tooFew
            return
        }
        guard !self.pairs.isEmpty else {
            finding = contradictory > 0 ? .contradictory : .oneWay
            return
        }
        let asked = self.pairs.count + contradictory
        guard
            let (offset, uncertainty, drift) = Self.lead(self.pairs, 0, reference, of: asked)
                ?? Self.lead(self.pairs, Self.drift(self.pairs, reference), reference, of: asked)
        else {
            finding = .contradictory
            return
        }
        finding = .found(offset: offset, uncertainty: uncertainty, drift: drift)
        shift = ClockShift(offset: offset, drift: drift, reference: Timestamp(nanoseconds: reference))
    }

    /// What nine of ten pairs agree on, if the clock gains `drift`.
    private static func lead(
        _ pairs: [ClockPair],
        _ drift: Double,
        _ reference: Int64,
        of asked: Int
    ) -> (offset: Int64, uncertainty: Int64, drift: Double)? {
        let (agreeing, low, high) = intersection(pairs.map { $0.bounds(drift: drift, reference: reference) })
        guard agreeing > 0, agreeing * 10 >= asked * 9 else { return nil }
        return (low + (high - low) / 2, (high - low + 1) / 2, drift)
    }

    /// The fewest packets that anything is found by: as many as one short connection has.
    private static var fewest: Int { 6 }

    private static func pairs(_ matches: [ClockMatch]) -> [ClockPair] {
        let sorted = matches.sorted { one, other in
            one.ends == other.ends
                ? (one.time, one.least, one.most) < (other.time, other.least, other.most) : one.ends < other.ends
        }
        var pairs: [ClockPair] = []
        var start = 0
        for index in sorted.indices where index + 1 == sorted.count || sorted[index + 1].ends != sorted[index].ends {
            pairs.append(ClockPair(Array(sorted[start...index])))
            start = index + 1
        }
        return pairs
    }

    /// What most bounds have in common, and how many.
    private static func intersection(_ bounds: [(low: Int64, high: Int64)]) -> (count: Int, low: Int64, high: Int64) {
        let sound = bounds.filter { $0.low <= $0.high && $0.low > .min && $0.high < .max }
        let edges = sound.flatMap { [(place: $0.low, opens: true), (place: $0.high, opens: false)] }
            .sorted { $0.place < $1.place || $0.place == $1.place && $0.opens && !$1.opens }
        var (open, best) = (0, (count: 0, low: Int64(0), high: Int64(0)))
        for (index, edge) in edges.enumerated() {
            open += edge.opens ? 1 : -1
            // What opens last of so many is followed by what closes first.
            if edge.opens, open > best.count { best = (open, edge.place, edges[index + 1].place) }
        }
        return best
    }
}

extension ClockFit {
    /// No clock that anybody reads gains more: seconds in a second. NTP's own limit, RFC 5905, 11.3.
    private static var largestDrift: Double { 500e-6 }

    /// At which drift the bounds of all pairs leave the most room. That room has one summit, so that halves of thirds find it.
    private static func drift(_ pairs: [ClockPair], _ reference: Int64) -> Double {
        var (low, high) = (-largestDrift, largestDrift)
        for _ in 0..<48 {
            let third = (high - low) / 3
            if room(pairs, low + third, reference) < room(pairs, high - third, reference) {
                low += third
            } else {
                high -= third
            }
        }
        return (low + high) / 2
    }

    private static func room(_ pairs: [ClockPair], _ drift: Double, _ reference: Int64) -> Double {
        var (low, high) = (-Double.infinity, Double.infinity)
        for pair in pairs {
            let bounds = pair.bounds(drift: drift, reference: reference)
            low = max(low, Double(bounds.low))
            high = min(high, Double(bounds.high))
        }
        return high - low
    }
}
