import Addressing

/// Inner addresses that are known to live behind one tunnel end, and of which nothing else was heard, or behind several: that they are
/// heard from there once more is no news. Two share two places; a third one takes that of who was looked at longer ago.
struct SettledHomes: Sendable {
    private struct Place: Sendable {
        var print: UInt32 = 0
        /// Of the end; 0 for any.
        var end: UInt32 = 0
        /// When it was looked at in full, in seconds.
        var second: UInt32 = 0
    }

    private var places: [Place] = []

    /// A power of two.
    static var size: Int { 8192 }
    /// Seconds after which one is looked at in full again, so that it is not taken for somebody who went long ago.
    static var pause: UInt32 { 10 }

    /// Whether `host` lives behind `end`, as is well known.
    func has(_ host: Imprint, behind end: Imprint, at time: Timestamp) -> Bool {
        guard let number = find(host) else { return false }
        let place = places[number]
        return (place.end == 0 || place.end == Self.short(end))
            && UInt32(truncatingIfNeeded: time.seconds) &- place.second < Self.pause
    }

    /// Notes where one lives; nil: behind several ends.
    mutating func note(_ host: Imprint, behind end: Imprint?, at time: Timestamp) {
        if places.isEmpty { places = [Place](repeating: Place(), count: Self.size) }
        let number = Self.number(host)
        let older = places[number].second <= places[number + 1].second ? number : number + 1
        places[find(host) ?? older] = Place(
            print: Self.short(host),
            end: end.map(Self.short) ?? 0,
            second: UInt32(truncatingIfNeeded: time.seconds)
        )
    }

    mutating func forget(_ host: Imprint) {
        if let number = find(host) { places[number] = Place() }
    }

    private func find(_ host: Imprint) -> Int? {
        if places.isEmpty { return nil }
        let (number, print) = (Self.number(host), Self.short(host))
        if places[number].print == print { return number }
        return places[number + 1].print == print ? number + 1 : nil
    }

    /// The first of two places.
    private static func number(_ host: Imprint) -> Int { Int(truncatingIfNeeded: host.place >> 40) & (size - 1) & ~1 }

    private static func short(_ imprint: Imprint) -> UInt32 { UInt32(truncatingIfNeeded: imprint.print >> 32) | 1 }
}
