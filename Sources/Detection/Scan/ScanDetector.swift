import Addressing
import Containers
import Flows

/// Finds who tries ports or hosts to see which answer: of containers, of this host, of others.
///
/// Judges first contacts by what becomes of them: an answer, a refusal, or nothing for a second. Bounded in subjects, in contacts of each,
/// in contacts under way, and in services that are known to answer.
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
    private var services = SubjectTable<Contact, Int64>(limit: Self.serviceLimit)
    private var open = OpenContacts(limit: Self.openLimit)
    /// Of the prints of contacts.
    private let secret = Fold.secret()
    /// Contacts that were not judged because too many were under way.
    private(set) var unjudged: UInt64 = 0

    static var suspectLimit: Int { 8192 }
    static var serviceLimit: Int { 65_536 }
    /// The most contacts under way.
    static var openLimit: Int { 65_536 }
    /// Nanoseconds without an answer that are a failure.
    static var patience: Int64 { 1_000_000_000 }
    /// Seconds for which a service that answered is not suspected to be an empty place.
    static var memory: Int64 { 3600 }
    /// Seconds after its start in which nothing that a container refuses counts.
    static var beginning: Int64 { 60 }

    /// Takes what becomes of flows, in order of time.
    mutating func take(_ fact: FlowFact, to alerts: inout [Alert]) {
        advance(to: fact.time, to: &alerts)
        switch fact.phase {
        case .began: began(fact)
        case .goesOn: break
        case .ended: ended(fact, to: &alerts)
        }
    }

    private mutating func began(_ fact: FlowFact) {
        guard fact.isContact, !isBeginning(fact.destination, at: fact.time) else { return }
        let (key, contact) = (Key(subject: fact.source.subject, isPing: fact.opening == .echo), Contact(fact))
        if isAlive(contact, at: fact.time) { return }
        var print = Fold(secret)
        contact.fold(into: &print)
        guard suspects.update(key, or: Suspect(fact.source), { $0.isFirst(print.value) }) else { return }
        guard !open.isFull else {
            unjudged += 1
            return
        }
        open.add(
            OpenContacts.Open(
                suspect: key,
                contact: contact,
                party: fact.destination,
                flow: fact.identifier,
                opening: fact.opening,
                time: fact.first,
                quoted: QuotedTry(fact)
            ),
            fact.serial,
            at: fact.time
        )
    }

    /// Places in the line, those that are settled included.
    var lineLength: Int { open.lineLength }

    /// Somebody says that what a try was for cannot be reached.
    mutating func unreachable(_ quote: QuotedPacket, scope: UInt32, at time: Timestamp, to alerts: inout [Alert]) {
        guard let serial = open.serial(of: QuotedTry(quote, scope: scope)) else { return }
        answered(serial, isRefusal: true, at: time, to: &alerts)
    }

    /// The responder of a flow answered.
    mutating func answered(_ serial: UInt32, isRefusal: Bool, at time: Timestamp, to alerts: inout [Alert]) {
        advance(to: time, to: &alerts)
        guard let contact = open.close(serial) else { return }
        if isRefusal {
            fail(contact, isRefusal: true, at: time, to: &alerts)
        } else {
            succeed(contact.contact, contact.suspect, contact.opening, at: time)
        }
    }

    private mutating func ended(_ fact: FlowFact, to alerts: inout [Alert]) {
        if let contact = open.close(fact.serial) {
            if fact.isAnswered { return succeed(contact.contact, contact.suspect, contact.opening, at: fact.time) }
            fail(contact, isRefusal: fact.isRefused, at: fact.time, to: &alerts)
        } else if fact.isAnswered, fact.isContact {
            // It answered late, or was seen for the first time with a connection that was under way.
            services.set(Contact(fact), fact.time.seconds)
        }
    }

    /// Settles what nobody answered in time.
    mutating func advance(to time: Timestamp, to alerts: inout [Alert]) {
        while let (contact, began) = open.takeOldest(before: time.nanoseconds &- Self.patience) {
            // Whoever notices it, and when.
            let due = Timestamp(nanoseconds: began &+ Self.patience)
            fail(contact, isRefusal: false, at: due, to: &alerts)
        }
    }

    /// Whether it is a container that has only just begun: it need not listen yet, and those who look whether it does are no scanners.
    private func isBeginning(_ party: Party, at time: Timestamp) -> Bool {
        guard let started = party.container?.started else { return false }
        return 0..<Self.beginning ~= time.seconds &- started.seconds
    }

    private func isAlive(_ contact: Contact, at time: Timestamp) -> Bool {
        services[contact].map { time.seconds - $0 < Self.memory } ?? false
    }

    private mutating func succeed(_ contact: Contact, _ key: Key, _ opening: Opening, at time: Timestamp) {
        // What answers an ACK or a FIN out of nowhere is no service that was looked for.
        guard ![.ack, .fin, .null, .fragment].contains(opening) else { return }
        services.set(contact, time.seconds)
        _ = suspects.change(key) { $0.succeeded() }
    }

    private mutating func fail(_ open: OpenContacts.Open, isRefusal: Bool, at time: Timestamp, to alerts: inout [Alert]) {
        // Perhaps from the middle of a connection: only a refusal says that there was none.
        if open.opening == .ack, !isRefusal { return }
        if isAlive(open.contact, at: time) { return }
        let failure = FailedContact(
            contact: open.contact,
            party: open.party,
            flow: open.flow,
            opening: open.opening,
            isRefusal: isRefusal,
            time: open.time
        )
        let isPing = open.suspect.isPing
        let alert = suspects.change(open.suspect) { suspect -> Alert? in
            suspect.failed(failure, at: time)
            // What is told once in so many failures anyway need not be worked out at each.
            guard suspect.count <= Suspect.failureLimit || suspect.count % 16 == 0 else { return nil }
            return suspect.alert(isPing: isPing, at: time)
        }
        if case .some(.some(let alert)) = alert { alerts.append(alert) }
    }
}

extension FlowFact {
    /// Whether somebody tries something with it. Nobody answers a group, and a traceroute wants no answer from where it is sent.
    fileprivate var isContact: Bool {
        switch opening {
        case .answer, .synAck, .other: return false
        case .datagram where 33_434...33_534 ~= port: return false
        default: return !destination.address.isMulticast && destination.kind != .multicast
        }
    }

    fileprivate var isRefused: Bool { state == .rej || state == .rstrh }

    fileprivate var isAnswered: Bool { destinationPackets > 0 && !isRefused }
}
