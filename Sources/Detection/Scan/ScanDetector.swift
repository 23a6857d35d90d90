import Addressing
import Containers
import Flows

/// Finds who tries ports or hosts to see which answer: of containers, of this host, of others.
///
/// Judges first contacts by what becomes of them: an answer, a refusal, or nothing for a second. Bounded in subjects, in contacts of each,
/// and in services that are known to answer.
struct ScanDetector: Sendable {
    /// Who tries.
    struct Key: TableKey {
        let subject: Subject
        /// Those who look for hosts are judged apart from those who look for ports.
        let isPing: Bool

        @inline(__always)
        func fold(into fold: inout Fold) {
            subject.fold(into: &fold)
            if isPing { fold.add(1) }
        }
    }

    private var suspects = SubjectTable<Key, Suspect>(limit: Self.suspectLimit)
    /// Services that answered somebody, and when last: that they do not now is their trouble, not a scan.
    private var services = SubjectTable<Contact, Service>(limit: Self.serviceLimit)

    private struct Service: Sendable {
        /// Second in which it answered last.
        var last: Int64 = .min
        /// Whether somebody took its answer up.
        var hasConnected = false
    }

    /// Of the prints of contacts.
    private let secret = Fold.secret()
    /// Second until which somebody may be notorious.
    private var notoriousUntil: Int64 = .min
    /// Contacts that were not judged because too many were under way.
    var unjudged: UInt64 = 0

    static var suspectLimit: Int { 8192 }
    static var serviceLimit: Int { 65_536 }
    /// Seconds for which a service that answered is not suspected to be an empty place.
    static var memory: Int64 { 3600 }
    /// Seconds after its start in which nothing that a container refuses counts.
    static var beginning: Int64 { 60 }

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

    /// Whether it is a container that has only just begun: it need not listen yet, and those who look whether it does are no scanners.
    func isBeginning(_ party: Party, at time: Timestamp) -> Bool {
        guard let started = party.container?.started else { return false }
        return 0..<Self.beginning ~= time.seconds &- started.seconds
    }

    /// Whether somebody got an answer there lately.
    func isAlive(_ contact: Contact, at time: Timestamp) -> Bool {
        services[contact].map { time.seconds - $0.last < Self.memory } ?? false
    }

    /// Whether somebody got an answer there lately, and somebody took one up since it is remembered.
    func hasConnected(_ contact: Contact, at time: Timestamp) -> Bool {
        services[contact].map { $0.hasConnected && time.seconds - $0.last < Self.memory } ?? false
    }

    /// Whether a connection that begins is one more contact of somebody of whom that is no news; then it is counted.
    mutating func countsAtOnce(_ glance: FlowGlance, at time: Timestamp) -> Bool {
        guard time.seconds < notoriousUntil, !isAlive(glance.contact, at: time) else { return false }
        var print = Fold(secret)
        glance.contact.fold(into: &print)
        let key = Key(subject: glance.subject, isPing: false)
        return suspects.change(key) { $0.countsAtOnce(print.value, at: time) } ?? false
    }

    mutating func succeeded(_ settled: Try, at time: Timestamp) {
        guard settled.isContact else { return }
        // What answers an ACK or a FIN out of nowhere is no service that was looked for.
        switch settled.opening {
        case .ack, .fin, .null, .fragment: return
        default: break
        }
        let (contact, second) = (settled.contact, time.seconds)
        let isKnown = services.update(contact, or: Service()) { service in
            defer { service.last = second }
            return service.last != .min && second - service.last < Self.memory
        }
        if settled.isJudged {
            // What was taken for a failure was none.
            _ = suspects.change(Key(settled)) { $0.succeeded() }
            return
        }
        // Only who finds out something new gains by it.
        if isKnown { return }
        let secret = secret
        suspects.update(Key(settled), or: Suspect(settled.source)) { suspect in
            var print = Fold(secret)
            contact.fold(into: &print)
            if suspect.isFirst(print.value) { suspect.succeeded() }
        }
    }

    mutating func failed(_ settled: Try, isRefusal: Bool, at time: Timestamp, to alerts: inout [Alert]) {
        // Perhaps from the middle of a connection: only a refusal says that there was none.
        guard settled.isContact, !settled.isJudged, settled.opening != .ack || isRefusal else { return }
        let contact = settled.contact
        if isAlive(contact, at: time) { return }
        let isPing = settled.opening == .echo
        let secret = secret
        let alert = suspects.update(Key(settled), or: Suspect(settled.source)) { suspect -> Alert? in
            var print = Fold(secret)
            contact.fold(into: &print)
            guard suspect.isFirst(print.value) else { return nil }
            suspect.failed(FailedContact(settled, contact, isRefusal: isRefusal), at: time)
            if suspect.isNotorious(at: time) { notoriousUntil = time.seconds + Self.memory }
            // What is told once in so many failures anyway need not be worked out at each.
            return suspect.isDue(at: time) ? suspect.alert(isPing: isPing, at: time) : nil
        }
        if let alert { alerts.append(alert) }
    }
}

extension ScanDetector.Key {
    fileprivate init(_ settled: Try) {
        self.init(subject: settled.source.subject, isPing: settled.opening == .echo)
    }
}

extension FlowFact {
    /// Whether somebody tries something with it. Nobody answers a group, and a traceroute wants no answer from where it is sent.
    var isContact: Bool {
        switch opening {
        case .answer, .synAck, .other: return false
        case .datagram where 33_434...33_534 ~= port: return false
        default: return !destination.address.isMulticast && destination.kind != .multicast
        }
    }

    var hasRefusal: Bool { state == .rej || state == .rstrh }

    var hasAnswer: Bool { destinationPackets > 0 && !hasRefusal }
}
