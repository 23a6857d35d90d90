import Addressing

/// Services that answered somebody, and when last: that they do not now is their trouble, neither a scan nor yet a flood.
struct KnownServices: Sendable {
    private struct Service: Sendable {
        /// Second in which it answered last.
        var last: Int64 = .min
        /// Whether somebody took its answer up.
        var hasConnected = false
    }

    private var services = SubjectTable<Contact, Service>(limit: Self.limit)

    static var limit: Int { 65_536 }
    /// Seconds for which a service that answered is not suspected to be an empty place.
    static var memory: Int64 { 3600 }

    /// Notes an answer; returns whether somebody got one there lately.
    mutating func answered(_ contact: Contact, at time: Timestamp) -> Bool {
        let second = time.seconds
        return services.update(contact, or: Service()) { service in
            defer { service.last = second }
            return Self.isRecent(service, at: second)
        }
    }

    /// A flow ended that somebody answered: late, or with a connection that was under way when it was seen first, or taken up.
    mutating func ended(_ fact: FlowFact) {
        guard fact.hasAnswer, fact.isContact else { return }
        let second = fact.time.seconds
        let isConnection = fact.opening == .syn && fact.isConnection
        services.update(Contact(fact), or: Service()) { service in
            service.last = second
            if isConnection { service.hasConnected = true }
        }
    }

    /// Whether somebody got an answer there lately.
    func isAlive(_ contact: Contact, at time: Timestamp) -> Bool {
        services[contact].map { Self.isRecent($0, at: time.seconds) } ?? false
    }

    /// Whether somebody got an answer there lately, and somebody took one up since it is remembered.
    func hasConnected(_ contact: Contact, at time: Timestamp) -> Bool {
        services[contact].map { $0.hasConnected && Self.isRecent($0, at: time.seconds) } ?? false
    }

    private static func isRecent(_ service: Service, at second: Int64) -> Bool {
        service.last != .min && second - service.last < memory
    }
}
