import Addressing

/// Services that answered somebody, and when last: that they do not now is their trouble, neither a scan nor yet a flood.
///
/// By a print of the contact, in the first free place from its own on: it is asked of every flow, and small enough to stay near. Bounded;
/// when there is no more to be had, of those in the places from its own on the one that answered longest ago gives way.
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
    /// How many places from its own on one may stand in.
    private static var reach: Int { 16 }

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
        guard let number = find(contact.print, Self.place(contact)), services[number].place & 1 == 1 else {
            return false
        }
        return Self.isRecent(services[number].last, at: UInt32(clamping: time.seconds))
    }

    @inline(__always)
    private func find(_ print: UInt64, _ place: UInt32) -> Int? {
        if services.isEmpty { return nil }
        var number = Int(place >> 1) & (services.count &- 1)
        for _ in 0..<Self.reach {
            let known = services[number].print
            if known == print { return number }
            // Nobody leaves: behind a free place there is nobody.
            if known == 0 { return nil }
            number = (number &+ 1) & (services.count &- 1)
        }
        return nil
    }

    /// A place that is free, or that of the one that answered longest ago. Grows before anybody has to go.
    private mutating func room(for place: UInt32) -> Int {
        while services.count < Self.limit {
            if let free = free(from: place) { return free }
            grow()
        }
        return free(from: place) ?? oldest(from: place)
    }

    private func free(from place: UInt32) -> Int? {
        (0..<Self.reach).lazy.map { number($0, from: place) }.first { services[$0].print == 0 }
    }

    private func oldest(from place: UInt32) -> Int {
        var oldest = number(0, from: place)
        for step in 1..<Self.reach {
            let number = number(step, from: place)
            if services[number].last < services[oldest].last { oldest = number }
        }
        return oldest
    }

    private func number(_ step: Int, from place: UInt32) -> Int {
        (Int(place >> 1) &+ step) & (services.count &- 1)
    }

    @inline(never)
    private mutating func grow() {
        let old = services
        services = [Service](repeating: Service(), count: old.count * 2)
        for service in old where service.print != 0 {
            services[free(from: service.place) ?? oldest(from: service.place)] = service
        }
    }

    /// Without its last bit.
    @inline(__always)
    private static func place(_ contact: Imprint) -> UInt32 { UInt32(truncatingIfNeeded: contact.place >> 32) & ~1 }

    private static func isRecent(_ last: UInt32, at second: UInt32) -> Bool {
        second < last || second &- last < memory
    }
}
