import Addressing

/// Flows of datagrams that were answered, by where they led: few, as nearly everywhere, are no flood, and nothing more is kept of them.
struct DatagramRush: Sendable {
    private struct Place: Sendable {
        var print: UInt64 = 0
        var window = CountingWindow()
    }

    private var places: [Place] = []

    /// A power of two.
    static var size: Int { 2048 }
    /// Up to so many of a window are few.
    static var few: Int { 128 }

    /// Counts one; returns whether there are more than few, or perhaps are: where another one has its place.
    mutating func isMore(_ contact: Imprint, at time: Timestamp) -> Bool {
        if places.isEmpty { places = [Place](repeating: Place(), count: Self.size) }
        let print = contact.print
        let (number, second) = (Int(truncatingIfNeeded: contact.place >> 40) & (Self.size - 1), time.seconds)
        if places[number].print != print {
            guard places[number].window.count(at: second, half: FloodTarget.half) == 0 else { return true }
            places[number] = Place(print: print)
        }
        places[number].window.add(at: second, half: FloodTarget.half)
        return places[number].window.count(at: second, half: FloodTarget.half) > Self.few
    }
}
