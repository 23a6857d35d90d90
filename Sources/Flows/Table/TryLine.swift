/// Flows that somebody waits for an answer to, in the order they began, until their time is over. What is answered, or ends, stays in it
/// until then: to leave would cost more than to wait.
struct TryLine {
    struct Place: BitwiseCopyable {
        /// The entry's, and in the first bit whether it is IPv6's.
        private var entry: UInt32 = 0
        /// Which flow was in that entry.
        var serial: UInt32 = 0
        /// When its time is over, in nanoseconds of packet time.
        var due: Int64 = 0

        init() {}

        init(_ number: Int, isIPv6: Bool, serial: UInt32, due: Int64) {
            entry = UInt32(truncatingIfNeeded: number) | (isIPv6 ? 0x8000_0000 : 0)
            (self.serial, self.due) = (serial, due)
        }

        var number: UInt32 { entry & 0x7fff_ffff }
        var isIPv6: Bool { entry & 0x8000_0000 != 0 }
    }

    /// A ring; its size is a power of two.
    private var places: [Place] = []
    private var head = 0
    private(set) var count = 0
    /// When the first of them is to be looked at.
    private(set) var due = Int64.max

    /// So many wait at once. Of what comes then it is told when it ends.
    static var limit: Int { 1 << 20 }

    mutating func add(_ number: Int, isIPv6: Bool, serial: UInt32, due: Int64) {
        if count == places.count {
            guard count < Self.limit else { return }
            grow()
        }
        if count == 0 { self.due = due }
        places[(head &+ count) & (places.count &- 1)] = Place(number, isIPv6: isIPv6, serial: serial, due: due)
        count &+= 1
    }

    /// The next whose time is over at `time`.
    mutating func take(at time: Int64) -> Place? {
        guard count > 0, due <= time else { return nil }
        let place = places[head]
        head = (head &+ 1) & (places.count &- 1)
        count &-= 1
        due = count == 0 ? .max : places[head].due
        return place
    }

    /// One that is taken some time later, so that its entry can be asked for.
    func ahead(_ distance: Int) -> Place? {
        distance < count ? places[(head &+ distance) & (places.count &- 1)] : nil
    }

    @inline(never)
    private mutating func grow() {
        let old = Array(places[head...] + places[..<head])
        // Three times as much as there is: what is copied and given back on the way is little then.
        places =
            old + [Place](repeating: Place(), count: old.isEmpty ? 256 : min(old.count * 3, Self.limit - old.count))
        head = 0
    }
}
