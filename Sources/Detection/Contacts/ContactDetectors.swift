import Addressing
import Flows

/// What is wrong with who tries what: scans and floods. Both go by what becomes of tries, which the flow table says.
struct ContactDetectors: Sendable {
    private var scans = ScanDetector()
    private var floods = FloodDetector()
    private var services = KnownServices()
    private var haste = Haste()
    private var judged = JudgedTries()

    /// Connections that one source has begun and nobody answered yet, beyond which each more counts as failed at once.
    static var crowd: Int { 512 }

    mutating func apply(_ thresholds: Thresholds) {
        scans.apply(thresholds)
        floods.apply(thresholds)
    }

    /// A flow began; returns whether it is to be told when nobody answers it.
    mutating func began(_ fact: FlowFact, to alerts: inout [Alert]) -> Bool {
        let isContact = fact.isContact
        floods.began(fact, to: &alerts)
        guard isContact else { return floods.kind(of: fact) != nil }
        let contact = Contact(fact)
        // Who waits for so many answers at once, of whom nobody answered anybody yet, is not waited for.
        guard fact.opening == .syn, !services.isAlive(Imprint(contact), at: fact.time) else { return true }
        guard haste.began(fact.sourceImprint, at: fact.time, limit: Self.crowd) else { return true }
        guard !scans.isBeginning(fact.destination, at: fact.first) else { return true }
        judged.insert(fact.serial)
        scans.failed(fact, contact, isRefusal: false, at: fact.time, to: &alerts)
        return true
    }

    /// The same, of a connection that is like most, where nobody got an answer lately; returns whether it is to be looked at in full.
    mutating func began(from source: Imprint, at time: Timestamp) -> Bool {
        haste.began(source, isGlance: true, at: time, limit: Self.crowd)
    }

    /// Whether somebody got an answer there lately.
    func isAlive(_ contact: Imprint, at time: Timestamp) -> Bool { services.isAlive(contact, at: time) }

    /// Whether a connection that begins where nobody got an answer lately is one more of a scan that was told of; then it is counted.
    mutating func countsAtOnce(_ glance: borrowing FlowGlance, _ contact: Imprint, at time: Timestamp) -> Bool {
        scans.countsAtOnce(glance, contact, at: time)
    }

    /// It is known what becomes of a try.
    mutating func settle(_ fact: FlowFact, as outcome: TryOutcome, to alerts: inout [Alert]) {
        switch outcome {
        case .answered:
            succeeded(fact)
            floods.answered(fact, to: &alerts)
        case .refused:
            hasten(fact, isAnswered: false)
            fail(fact, isRefusal: true, to: &alerts)
            floods.answered(fact, to: &alerts)
        case .unreachable:
            // Whoever says so need not be who was asked: for a flood nobody answered.
            fail(fact, isRefusal: true, to: &alerts)
            floods.failed(fact, services, to: &alerts)
        case .silent:
            // Where the answer passed that came some other way than the question.
            if fact.hasAnswer { return succeeded(fact) }
            fail(fact, isRefusal: false, to: &alerts)
            floods.failed(fact, services, to: &alerts)
        }
    }

    /// A try was answered that is like most.
    mutating func answered(_ glance: borrowing FlowGlance, at time: Timestamp) -> GlanceVerdict {
        let contact = glance.contactImprint
        let isKnown = services.answered(contact, at: time)
        guard glance.isConnection else {
            scans.succeeded(glance.subject, contact, isKnown: isKnown, wasJudged: false)
            if glance.isQuestion { return .seen }
            return floods.isRushed(contact, at: time) ? .needsFact : .seen
        }
        let wasCrowded = haste.settled(glance.sourceImprint, isAnswered: true, at: time, limit: Self.crowd)
        scans.succeeded(glance.subject, contact, isKnown: isKnown, wasJudged: wasCrowded)
        return .seen
    }

    /// A flow goes on.
    mutating func goesOn(_ fact: FlowFact, to alerts: inout [Alert]) { floods.weigh(fact, to: &alerts) }

    /// A flow ended, perhaps before it was known what becomes of it.
    mutating func ended(_ fact: FlowFact, to alerts: inout [Alert]) {
        if fact.isAwaited {
            if fact.hasAnswer {
                succeeded(fact)
            } else {
                fail(fact, isRefusal: fact.hasRefusal, to: &alerts)
            }
            if fact.destinationPackets == 0 { floods.failed(fact, services, to: &alerts) }
        }
        if fact.hasAnswer, fact.isContact {
            services.answered(
                Imprint(Contact(fact)),
                isTakenUp: fact.opening == .syn && fact.isConnection,
                at: fact.time
            )
        }
        floods.ended(fact, services, to: &alerts)
        floods.weigh(fact, to: &alerts)
    }

    /// A flow ended that is like most, and that was answered, a connection with one that was used.
    mutating func ended(_ glance: borrowing FlowGlance, at time: Timestamp) {
        services.answered(glance.contactImprint, isTakenUp: glance.isConnection, at: time)
        if glance.isConnection { floods.connected(glance.contact, at: time) }
    }

    private mutating func succeeded(_ fact: FlowFact) {
        // What answers an ACK or a FIN out of nowhere is no service that was looked for.
        guard fact.isContact, fact.looksForService else { return }
        let contact = Imprint(Contact(fact))
        let isKnown = services.answered(contact, at: fact.time)
        var wasJudged = false
        if fact.opening == .syn {
            hasten(fact, isAnswered: true)
            wasJudged = judged.has(fact.serial)
        }
        scans.succeeded(
            fact.source.subject,
            contact,
            isPing: fact.opening == .echo,
            isKnown: isKnown,
            wasJudged: wasJudged
        )
    }

    private mutating func hasten(_ fact: FlowFact, isAnswered: Bool) {
        guard fact.opening == .syn else { return }
        haste.settled(fact.sourceImprint, isAnswered: isAnswered, at: fact.time, limit: Self.crowd)
    }

    private mutating func fail(_ fact: FlowFact, isRefusal: Bool, to alerts: inout [Alert]) {
        // An ACK is perhaps from the middle of a connection: only a refusal says that there was none.
        guard fact.isContact, fact.opening != .ack || isRefusal, !judged.has(fact.serial) else { return }
        let contact = Contact(fact)
        guard !scans.isBeginning(fact.destination, at: fact.first),
            !services.isAlive(Imprint(contact), at: fact.time)
        else { return }
        scans.failed(fact, contact, isRefusal: isRefusal, at: fact.time, to: &alerts)
    }
}

extension FlowFact {
    /// Of who began it.
    fileprivate var sourceImprint: Imprint { Imprint(Contact.Host(address: source.address, scope: source.scope)) }
}
