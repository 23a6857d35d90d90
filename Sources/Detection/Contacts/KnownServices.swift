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
    private let secret = Fold.secret()

    static var limit: Int { 65_536 }
    /// Seconds for which a service that answered is not suspected to be an empty place.
    static var memory: UInt32 { 3600 }
    private static var ways: Int { 4 }

    /// Notes an answer; returns whether somebody got one there lately. `isTakenUp`: with a connection that was used.
    @discardableResult
    mutating func answered(_ contact: Contact, isTakenUp: Bool = false, at time: Timestamp) -> Bool {
        let (print, place, second) = (print(of: contact), Self.place(of: contact), UInt32(clamping: time.seconds))
        if services.isEmpty { services = [Service](repeating: Service(), count: 256) }
        let number = find(print, place) ?? room(for: place)
        defer {
            let isConnected = isTakenUp || services[number].print == print && services[number].place & 1 == 1
            services[number] = Service(print: print, place: place | (isConnected ? 1 : 0), last: second)
        }
        return services[number].print == print && Self.isRecent(services[number].last, at: second)
    }

    /// Whether somebody got an answer there lately.
    func isAlive(_ contact: Contact, at time: Timestamp) -> Bool {
        service(contact).map { Self.isRecent($0.last, at: UInt32(clamping: time.seconds)) } ?? false
    }

    /// Whether somebody got an answer there lately, and somebody took one up since it is remembered.
    func hasConnected(_ contact: Contact, at time: Timestamp) -> Bool {
        service(contact).map { $0.place & 1 == 1 && Self.isRecent($0.last, at: UInt32(clamping: time.seconds)) }
            ?? false
    }

    private func service(_ contact: Contact) -> Service? {
        services.isEmpty ? nil : find(print(of: contact), Self.place(of: contact)).map { services[$0] }
    }

    @inline(__always)
    private func find(_ print: UInt64, _ place: UInt32) -> Int? {
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

    @inline(__always)
    private func print(of contact: Contact) -> UInt64 {
        var fold = Fold(secret)
        contact.fold(into: &fold)
        return fold.value | 1
    }

    /// The same in every run, as who has to go must not depend on the seed of a hash. Without its last bit.
    @inline(__always)
    private static func place(of contact: Contact) -> UInt32 {
        var fold = Fold(0x51_7c_c1_b7_27_22_0a_95)
        contact.fold(into: &fold)
        return UInt32(truncatingIfNeeded: fold.value >> 32) & ~1
    }

    private static func isRecent(_ last: UInt32, at second: UInt32) -> Bool {
        second < last || second &- last < memory
    }
}
