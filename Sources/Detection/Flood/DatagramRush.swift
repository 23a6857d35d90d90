import Addressing

/// Flows of datagrams that were answered, by where they led: few, as nearly everywhere, are no flood, and nothing more is kept of them.
struct DatagramRush: Sendable {
    private struct Place: Sendable {
        var print: UInt64 = 0
        var window = CountingWindow()
    }

    private var places: [Place] = []
    private let secret = Fold.secret()

    /// A power of two.
    static var size: Int { 2048 }
    /// Up to so many of a window are few.
    static var few: Int { 128 }

    /// Counts one; returns whether there are more than few, or perhaps are: where another one has its place.
    mutating func isMore(_ contact: Contact, at time: Timestamp) -> Bool {
        if places.isEmpty { places = [Place](repeating: Place(), count: Self.size) }
        var fold = Fold(secret)
        contact.fold(into: &fold)
        let print = fold.value
        let (number, second) = (Self.number(contact), time.seconds)
        if places[number].print != print {
            guard places[number].window.count(at: second, half: FloodTarget.half) == 0 else { return true }
            places[number] = Place(print: print)
        }
        places[number].window.add(at: second, half: FloodTarget.half)
        return places[number].window.count(at: second, half: FloodTarget.half) > Self.few
    }

    /// The same in every run: what is found must not depend on the seed of a hash.
    private static func number(_ contact: Contact) -> Int {
        var fold = Fold(0x2545_f491_4f6c_dd1d)
        contact.fold(into: &fold)
        return Int(truncatingIfNeeded: fold.value >> 40) & (size - 1)
    }
}
