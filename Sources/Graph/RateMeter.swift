package import Addressing

/// How much goes over an edge each second: averages over the last second, ten seconds and minute that are whole.
package struct EdgeRate: Hashable, Sendable {
    /// Both ways, by how many seconds.
    package struct Amounts: Hashable, Sendable {
        package var packets: UInt64 = 0
        package var bytes: UInt64 = 0
    }

    package var second = Amounts()
    package var tenSeconds = Amounts()
    package var minute = Amounts()

    package init() {}
}

/// Measures what goes over edges, from what is told of a graph about once a second. Bounded: further edges have no rates.
package struct RateMeter: Sendable {
    /// What was counted in one second.
    private struct Slot {
        var second: Int64
        var amounts: EdgeRate.Amounts
    }

    private struct Track {
        var counts: EdgeCounts
        var slots: [Slot] = []
    }

    private var tracks: [EdgeKey: Track] = [:]
    private var now: Int64 = .min

    /// Edges that are measured at a time.
    package static var limit: Int { 16_384 }
    /// Seconds that are looked back on.
    private static var span: Int64 { 60 }

    package init() {}

    /// Takes in what changed of a graph within the second before a time.
    ///
    /// An edge that is seen the first time only begins: how long its first packets took nobody knows.
    package mutating func note(_ changes: GraphChanges, at time: Timestamp) {
        // A clock that was set back: all begins anew.
        if time.seconds < now { tracks = [:] }
        now = time.seconds
        for (key, edge) in changes.edges {
            guard var track = tracks[key] else {
                if tracks.count < Self.limit { tracks[key] = Track(counts: edge.counts) }
                continue
            }
            let more = edge.counts - track.counts
            track.counts = edge.counts
            track.slots.removeAll { $0.second <= now - Self.span }
            track.slots.append(Slot(second: now, amounts: .init(packets: more.packets, bytes: more.bytes)))
            tracks[key] = track
        }
        if now % Self.span == 0 { forgetIdle() }
    }

    private mutating func forgetIdle() {
        tracks = tracks.filter { $0.value.slots.last.map { $0.second > now - Self.span } ?? false }
    }

    /// The rates of edges on which anything went in the last minute.
    package var rates: [EdgeKey: EdgeRate] {
        var rates: [EdgeKey: EdgeRate] = [:]
        for (key, track) in tracks {
            var rate = EdgeRate()
            for slot in track.slots where slot.second > now - Self.span {
                rate.minute.add(slot.amounts)
                if slot.second > now - 10 { rate.tenSeconds.add(slot.amounts) }
                if slot.second > now - 1 { rate.second.add(slot.amounts) }
            }
            if rate.minute == EdgeRate.Amounts() { continue }
            rate.tenSeconds.divide(by: 10)
            rate.minute.divide(by: UInt64(Self.span))
            rates[key] = rate
        }
        return rates
    }
}

extension EdgeRate.Amounts {
    fileprivate mutating func add(_ other: Self) {
        packets &+= other.packets
        bytes &+= other.bytes
    }

    fileprivate mutating func divide(by seconds: UInt64) {
        packets /= seconds
        bytes /= seconds
    }
}
