import Addressing

/// Services that answered somebody, and when last: that they do not now is their trouble, neither a scan nor yet a flood.
///
/// By a print of the contact, four to a cache line: it is asked of every flow. Bounded; of four that share a place the one that answered
/// longest ago gives way to a fifth.
struct KnownServices: Sendable {
    private struct Service: Sendable {
        var print: UInt64 = 0
        /// Where it stands, and whether somebody took its answer up: the last bit.
        var place: UInt32 = 0
        /// Second in which it answered last, of packet time.
        var last: UInt32 = 0
    }

    private var services: [Service] = []

    static var limit: Int { 65_536 }
    /// Seconds for which a service that answered is not suspected to be an empty place.
    static var memory: UInt32 { 3600 }
    private static var ways: Int { 4 }

    /// Notes an answer; returns whether somebody got one there lately. `isTakenUp`: with a connection that was used.
    @discardableResult
    mutating func answered(_ contact: Imprint, isTakenUp: Bool = false, at time: Timestamp) -> Bool {
        let (place, second) = (Self.place(contact), UInt32(clamping: time.seconds))
        if services.isEmpty { services = [Service](repeating: Service(), count: 256) }
        if let number = find(contact.print, place) {
            let last = services[number].last
            if last != second { services[number].last = second }
            if isTakenUp { services[number].place |= 1 }
            return Self.isRecent(last, at: second)
        }
        services[room(for: place)] = Service(print: contact.print, place: place | (isTakenUp ? 1 : 0), last: second)
        return false
    }

    /// Whether somebody got an answer there lately.
    func isAlive(_ contact: Imprint, at time: Timestamp) -> Bool {
        guard let number = find(contact.print, Self.place(contact)) else { return false }
        return Self.isRecent(services[number].last, at: UInt32(clamping: time.seconds))
    }

    /// Whether somebody got an answer there lately, and somebody took one up since it is remembered.
    func hasConnected(_ contact: Imprint, at time: Timestamp) -> Bool {
        guard let number = find(contact.print, Self.place(contact)), services[number].place & 1 == 1 else { return false }
        return Self.isRecent(services[number].last, at: UInt32(clamping: time.seconds))
    }

    @inline(__always)
    private func find(_ print: UInt64, _ place: UInt32) -> Int? {
        if services.isEmpty { return nil }
        let start = Int(place >> 1) &* Self.ways & (services.count &- 1)
        for number in start..<(start &+ Self.ways) where services[number].print == print { return number }
        return nil
    }

    /// A place that is free, or that of the one that answered longest ago. Grows before anybody has to go.
    private mutating func room(for place: UInt32) -> Int {
        while true {
            let start = Int(place >> 1) &* Self.ways & (services.count &- 1)
            var oldest = start
            for number in start..<(start &+ Self.ways) {
                if services[number].print == 0 { return number }
                if services[number].last < services[oldest].last { oldest = number }
            }
            if services.count >= Self.limit { return oldest }
            grow()
        }
    }

    @inline(never)
    private mutating func grow() {
        let old = services
        services = [Service](repeating: Service(), count: old.count * 2)
        for service in old where service.print != 0 {
            // Half of those that shared a place share one now: there is always room.
            var number = Int(service.place >> 1) &* Self.ways & (services.count &- 1)
            while services[number].print != 0 { number &+= 1 }
            services[number] = service
        }
    }

    /// Without its last bit.
    @inline(__always)
    private static func place(_ contact: Imprint) -> UInt32 { UInt32(truncatingIfNeeded: contact.place >> 32) & ~1 }

    private static func isRecent(_ last: UInt32, at second: UInt32) -> Bool {
        second < last || second &- last < memory
    }
}
