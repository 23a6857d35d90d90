import Addressing

/// How many connections to places that are new each source began within a second or two, and what became of them. A table without
/// chains: who comes to a place that another one of these seconds has is not counted, and is judged by what becomes of its tries alone.
struct Haste: Sendable {
    private struct Place: Sendable {
        var print: UInt64 = 0
        /// Of packet time, modulo 2³².
        var second: UInt32 = 0
        var begun: (before: UInt16, now: UInt16) = (0, 0)
        /// Of which it is known what becomes of them, and those that were answered.
        var settled: (before: UInt16, now: UInt16) = (0, 0)
        var answered: (before: UInt16, now: UInt16) = (0, 0)
    }

    private var places: [Place] = []

    /// A power of two.
    static var size: Int { 4096 }

    /// Counts a connection that begins. Returns whether the source was crowded: so many of its connections were not answered, and fewer
    /// were: one that is answered well is only busy. Of one that was, `isGlance` counts nothing, as it is looked at again.
    mutating func began(
        _ source: Imprint,
        isGlance: Bool = false,
        at time: Timestamp,
        limit: Int
    ) -> Bool {
        guard let number = place(source, at: time, takes: true) else { return false }
        let isCrowded = isCrowded(number, limit)
        if isCrowded, isGlance { return true }
        if places[number].begun.now < .max { places[number].begun.now += 1 }
        return isCrowded
    }

    /// Counts an answer, or a refusal; returns whether the source was crowded before.
    @discardableResult
    mutating func settled(
        _ source: Imprint,
        isAnswered: Bool,
        at time: Timestamp,
        limit: Int
    ) -> Bool {
        guard let number = place(source, at: time, takes: false) else { return false }
        let wasCrowded = isCrowded(number, limit)
        if places[number].settled.now < .max { places[number].settled.now += 1 }
        if isAnswered, places[number].answered.now < .max { places[number].answered.now += 1 }
        return wasCrowded
    }

    private func isCrowded(_ number: Int, _ limit: Int) -> Bool {
        let place = places[number]
        let begun = Int(place.begun.before) + Int(place.begun.now)
        let open = begun - Int(place.settled.before) - Int(place.settled.now)
        return open >= limit && Int(place.answered.before) + Int(place.answered.now) < open
    }

    /// Where a source is counted, its seconds turned to now.
    @inline(__always)
    private mutating func place(_ source: Imprint, at time: Timestamp, takes: Bool) -> Int? {
        if places.isEmpty {
            guard takes else { return nil }
            places = [Place](repeating: Place(), count: Self.size)
        }
        let second = UInt32(truncatingIfNeeded: time.seconds)
        let print = source.print
        let number = Int(truncatingIfNeeded: source.place >> 40) & (Self.size - 1)
        let age = second &- places[number].second
        if places[number].print != print {
            guard takes, age > 1 || places[number].print == 0 else { return nil }
            places[number] = Place(print: print, second: second)
        } else if age != 0 {
            places[number].begun = (age == 1 ? places[number].begun.now : 0, 0)
            places[number].settled = (age == 1 ? places[number].settled.now : 0, 0)
            places[number].answered = (age == 1 ? places[number].answered.now : 0, 0)
            places[number].second = second
        }
        return number
    }
}
