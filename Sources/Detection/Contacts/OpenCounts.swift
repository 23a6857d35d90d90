import Addressing

/// How many connections each source has begun that nobody answered yet. A table without chains: who comes to a taken place is not counted,
/// and is judged by what becomes of its tries alone.
struct OpenCounts: Sendable {
    private struct Place: Sendable {
        var source = IPAddress.v4(IPv4Address(bits: 0))
        var scope: UInt32 = 0
        var count: UInt32 = 0
        /// Those that were answered since it has had some.
        var answered: UInt32 = 0
    }

    private var places: [Place] = []

    /// A power of two.
    static var size: Int { 4096 }

    /// Counts one; its place, to be given back, or nil where it is not counted.
    mutating func add(_ source: IPAddress, scope: UInt32) -> UInt16? {
        if places.isEmpty { places = [Place](repeating: Place(), count: Self.size) }
        let number = Self.number(source, scope)
        if places[number].count == 0 {
            places[number] = Place(source: source, scope: scope, count: 1)
        } else if places[number].source == source, places[number].scope == scope {
            places[number].count += 1
        } else {
            return nil
        }
        return UInt16(number)
    }

    mutating func remove(_ place: UInt16, isAnswered: Bool) {
        places[Int(place)].count -= 1
        if isAnswered { places[Int(place)].answered &+= 1 }
    }

    /// Whether so many are counted of a source, of which fewer were answered meanwhile: one that is answered well is only busy.
    func isCrowded(_ source: IPAddress, scope: UInt32, beyond limit: Int) -> Bool {
        if places.isEmpty { return false }
        let place = places[Self.number(source, scope)]
        return place.source == source && place.scope == scope && place.count >= limit && place.answered < place.count
    }

    /// The same in every run: what is found must not depend on the seed of a hash.
    private static func number(_ source: IPAddress, _ scope: UInt32) -> Int {
        var fold = Fold(UInt64(scope) &+ 1)
        fold.add(source)
        return Int(truncatingIfNeeded: fold.value >> 40) & (size - 1)
    }
}
