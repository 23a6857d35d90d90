import Addressing
import Containers
import Flows

/// Finds who tries ports or hosts to see which answer: of containers, of this host, of others.
///
/// Judges first contacts by what becomes of them: an answer, a refusal, or nothing for a second. Bounded in subjects, and in contacts of each.
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
    /// Second until which somebody may be notorious.
    private var notoriousUntil: Int64 = .min
    private var limits = ScanLimits()

    static var suspectLimit: Int { 8192 }
    /// Seconds after its start in which nothing that a container refuses counts.
    static var beginning: Int64 { 60 }

    mutating func apply(_ thresholds: Thresholds) { limits = ScanLimits(thresholds) }

    /// Whether it is a container that has only just begun: it need not listen yet, and those who look whether it does are no scanners.
    func isBeginning(_ party: Party, at time: Timestamp) -> Bool {
        guard let started = party.container?.started else { return false }
        return 0..<Self.beginning ~= time.seconds &- started.seconds
    }

    /// Whether a connection that begins is one more contact of somebody of whom that is no news; then it is counted. Only where nobody
    /// got an answer lately.
    mutating func countsAtOnce(_ glance: borrowing FlowGlance, _ contact: Imprint, at time: Timestamp) -> Bool {
        guard time.seconds < notoriousUntil else { return false }
        return suspects.change(Key(subject: glance.subject, isPing: false)) {
            $0.countsAtOnce(contact, at: time)
        } ?? false
    }

    /// A try was answered; `isKnown`: as somebody's was there before; `wasJudged`: it was perhaps taken for a failure.
    mutating func succeeded(
        _ subject: @autoclosure () -> Subject,
        _ contact: Imprint,
        isPing: Bool = false,
        isKnown: Bool,
        wasJudged: Bool
    ) {
        // Only who finds out something new gains by it, and only who failed before.
        guard suspects.count > 0, !isKnown || wasJudged else { return }
        _ = suspects.change(Key(subject: subject(), isPing: isPing)) { suspect in
            if suspect.isFirst(contact.print) || wasJudged { suspect.succeeded() }
        }
    }

    /// A try came to nothing, where nobody got an answer lately.
    mutating func failed(
        _ fact: FlowFact,
        _ contact: Contact,
        isRefusal: Bool,
        at time: Timestamp,
        to alerts: inout [Alert]
    ) {
        let print = Imprint(contact).print
        let isPing = fact.opening == .echo
        let key = Key(subject: fact.source.subject, isPing: isPing)
        let limits = limits
        let alert = suspects.update(key, or: Suspect(fact.source)) { suspect -> Alert? in
            guard suspect.isFirst(print) else { return nil }
            suspect.failed(FailedContact(fact, contact, isRefusal: isRefusal), at: time, limits)
            if suspect.isNotorious(at: time) { notoriousUntil = time.seconds + Suspect.pause }
            // What is told once in so many failures anyway need not be worked out at each.
            return suspect.isDue(at: time) ? suspect.alert(isPing: isPing, at: time, limits) : nil
        }
        if let alert { alerts.append(alert) }
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

    /// Whether it is how somebody asks for a service, and not out of nowhere.
    var looksForService: Bool {
        switch opening {
        case .ack, .fin, .null, .fragment: false
        default: true
        }
    }

    var hasRefusal: Bool { state == .rej || state == .rstrh }

    /// What answers a SYN in somebody else's name goes to him: whoever sent it does not see whether that is a refusal, and gains nothing.
    var hasAnswer: Bool { destinationPackets > 0 && !hasRefusal && !(source.isForged && state == .s0) }
}
