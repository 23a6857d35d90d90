import Addressing
import Capture
import Records

/// How far one clock is ahead of another, by packets that passed both hosts.
///
/// A packet takes some time and never less than none. What went there bounds the lead of the clock here from below, what came from there from
/// above, as in RFC 5905 (NTP); the tightest bounds of both kinds are those of the packets that nothing held up. Pairs of addresses
/// are asked each by itself: where more than one in ten says otherwise (RFC 5905, 11.2.1), or clocks would have to run at different rates
/// that no clock has, nothing is found.
struct ClockFit {
    let finding: CaptureClock.Finding
    /// What sets the other clock right.
    private(set) var shift: ClockShift?

    init(_ matches: [ClockMatch]) {
        let all = Self.pairs(matches)
        let contradictory = all.count { $0.side == .contradictory }
        let pairs = all.filter { $0.side == .low || $0.side == .high }
        let reference = matches.map(\.time).min() ?? 0
        guard matches.count >= Self.fewest else {
            finding = .tooFew
            return
        }
        guard !pairs.isEmpty else {
            let goBothWays = all.contains { $0.goesBothWays }
            finding = contradictory > 0 ? .contradictory : goBothWays ? .farApart : .oneWay
            return
        }
        let asked = pairs.count + contradictory
        let still = Self.lead(pairs, 0, reference, of: asked)
        let drifting = Self.lead(pairs, Self.drift(pairs, reference, of: asked), reference, of: asked)
        guard
            let (lead, gained) = Self.better(
                still,
                drifting,
                over: Double(matches.map(\.time).max() ?? 0) - Double(reference)
            )
        else {
            finding = .contradictory
            return
        }
        finding = .found(offset: lead.offset, uncertainty: lead.uncertainty &+ gained, drift: lead.drift)
        shift = ClockShift(offset: lead.offset, drift: lead.drift, reference: Timestamp(nanoseconds: reference))
    }

    /// The middle of what bounds leave, in nanoseconds, and half of that room.
    private struct Lead {
        var offset: Int64
        var uncertainty: Int64
        var drift: Double
    }

    /// What nine of ten pairs agree on, if the clock gains `drift`.
    private static func lead(_ pairs: [ClockPair], _ drift: Double, _ reference: Int64, of asked: Int) -> Lead? {
        let (agreeing, low, high) = intersection(pairs.map { $0.bounds(drift: drift, reference: reference) })
        guard agreeing > 0, agreeing * 10 >= asked * 9 else { return nil }
        return Lead(offset: low + (high - low) / 2, uncertainty: (high - low + 1) / 2, drift: drift)
    }

    /// Which of two leads is told, and by how much more than its own room it may be wrong, in nanoseconds.
    ///
    /// A clock that gains less than packets take leaves room for a single lead, too, and the less the more it gained. Where more than half of
    /// the room is gone for that, it is the drift that is told; else what the clock may have gained counts as uncertainty.
    private static func better(_ still: Lead?, _ drifting: Lead?, over span: Double) -> (Lead, gained: Int64)? {
        guard let still else { return drifting.map { ($0, 0) } }
        guard let drifting, drifting.uncertainty > still.uncertainty else { return (still, 0) }
        if drifting.uncertainty > 2 * still.uncertainty {
            // Few packets, and slow ones, may look like a drift: the clock may be one that has none all the same.
            let apart = [0, span].map { abs(Double(still.offset &- drifting.offset) - drifting.drift * $0) }.max() ?? 0
            return (drifting, max(0, Int64(apart.rounded(.up)) + still.uncertainty - drifting.uncertainty))
        }
        let gained = Int64((span * drifting.drift.magnitude / 2).rounded(.up))
        return (still, drifting.uncertainty - still.uncertainty + gained)
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

    /// At which drift the bounds of pairs leave the most room. One pair in ten may be wrong: so as many as may be are left out at each end of
    /// the bounds at first, and then those that are furthest from the others.
    private static func drift(_ pairs: [ClockPair], _ reference: Int64, of asked: Int) -> Double {
        let spare = max(0, pairs.count - (asked * 9 + 9) / 10)
        let rough = summit { room(pairs, $0, reference, without: spare) }
        if spare == 0 { return rough }
        let bounds = pairs.map { $0.bounds(drift: rough, reference: reference) }
        let middles = bounds.map { $0.low / 2 + $0.high / 2 }.sorted()
        let middle = middles[middles.count / 2]
        let distances = bounds.map { max($0.low &- middle, middle &- $0.high) }
        let agreeing = zip(pairs, distances).sorted { $0.1 < $1.1 }.dropLast(spare).map(\.0)
        return summit { room(agreeing, $0, reference) }
    }

    /// Where something that has one summit, or hardly more, is highest among drifts: halves of thirds find it.
    private static func summit(_ height: (Double) -> Double) -> Double {
        var (low, high) = (-largestDrift, largestDrift)
        for _ in 0..<48 {
            let third = (high - low) / 3
            if height(low + third) < height(high - third) {
                low += third
            } else {
                high -= third
            }
        }
        return (low + high) / 2
    }

    /// What lies between the bounds of pairs, but for so many of the tightest on either side.
    private static func room(
        _ pairs: [ClockPair],
        _ drift: Double,
        _ reference: Int64,
        without spare: Int = 0
    ) -> Double {
        let bounds = pairs.map { $0.bounds(drift: drift, reference: reference) }
        if spare == 0 {
            return Double(bounds.map(\.high).min() ?? 0) - Double(bounds.map(\.low).max() ?? 0)
        }
        return Double(bounds.map(\.high).sorted()[spare]) - Double(bounds.map(\.low).sorted()[bounds.count - 1 - spare])
    }
}
