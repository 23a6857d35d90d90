import Addressing
import Flows

/// What is wrong with who tries what: scans and floods. Both go by what becomes of tries, which are followed once for both.
struct ContactDetectors: Sendable {
    private var scans = ScanDetector()
    private var floods = FloodDetector()
    private var tries = OpenTries(limit: Self.limit)
    private var services = KnownServices()

    /// The most tries that are followed at a time.
    static var limit: Int { 65_536 }
    /// Connections that one source has begun and nobody answered yet, beyond which each more counts as failed at once.
    static var crowd: Int { 512 }
    /// Nanoseconds without an answer after which a try came to nothing.
    static var patience: Int64 { 1_000_000_000 }

    /// Places in the line of tries, those that are settled included.
    var lineLength: Int { tries.lineLength }

    /// Contacts that were not judged because too many were under way.
    var unjudged: UInt64 { scans.unjudged }

    /// Takes what becomes of flows, in order of time.
    mutating func take(_ fact: FlowFact, to alerts: inout [Alert]) {
        advance(to: fact.time, to: &alerts)
        switch fact.phase {
        case .began: began(fact, to: &alerts)
        case .goesOn: floods.weigh(fact, to: &alerts)
        case .ended: ended(fact, to: &alerts)
        }
    }

    /// Whether a connection that begins is one more of a scan that was told of, and counted as such.
    mutating func countsAtOnce(_ glance: FlowGlance, at time: Timestamp) -> Bool {
        scans.countsAtOnce(glance, isAlive: services.isAlive(glance.contact, at: time), at: time)
    }

    /// Whether what became of a flow is waited for.
    func follows(_ serial: UInt32) -> Bool { tries.follows(serial) }

    private mutating func began(_ fact: FlowFact, to alerts: inout [Alert]) {
        let isContact = fact.isContact && !scans.isBeginning(fact.destination, at: fact.time)
        let flood = floods.began(fact, to: &alerts)
        guard isContact || flood != nil else { return }
        var new = Try(fact, isContact: isContact, flood: flood)
        // Who waits for so many answers at once, of whom nobody answered anybody yet, is not waited for.
        if isContact, new.opening == .syn, !services.isAlive(new.contact, at: fact.time) {
            new.isNew = true
            if tries.isCrowded(by: new.source, beyond: Self.crowd) {
                scans.failed(new, isRefusal: false, at: fact.time, to: &alerts)
                new.isJudged = true
            }
        }
        guard let displaced = tries.add(new, fact.serial, at: fact.time) else { return }
        // Where so many are under way it is out before its time: for a flood that says enough, of a scan nothing.
        if displaced.isContact { scans.unjudged += 1 }
        floods.failed(displaced, services, at: fact.time, to: &alerts)
    }

    private mutating func ended(_ fact: FlowFact, to alerts: inout [Alert]) {
        if let settled = tries.close(fact.serial) {
            if fact.hasAnswer {
                succeeded(settled, at: fact.time)
            } else {
                failScan(settled, isRefusal: fact.hasRefusal, at: fact.time, to: &alerts)
            }
            if fact.destinationPackets == 0 { floods.failed(settled, services, at: fact.time, to: &alerts) }
        }
        services.ended(fact)
        floods.ended(fact, services, to: &alerts)
        floods.weigh(fact, to: &alerts)
    }

    /// The responder of a flow answered.
    mutating func answered(_ serial: UInt32, isRefusal: Bool, at time: Timestamp, to alerts: inout [Alert]) {
        advance(to: time, to: &alerts)
        guard let settled = tries.close(serial, isAnswered: !isRefusal) else { return }
        if isRefusal {
            failScan(settled, isRefusal: true, at: time, to: &alerts)
        } else {
            succeeded(settled, at: time)
        }
        floods.answered(settled, at: time, to: &alerts)
    }

    /// Somebody says that what a try was for cannot be reached.
    mutating func unreachable(_ quote: QuotedPacket, scope: UInt32, at time: Timestamp, to alerts: inout [Alert]) {
        advance(to: time, to: &alerts)
        guard let serial = tries.serial(of: QuotedTry(quote, scope: scope)), let settled = tries.close(serial) else {
            return
        }
        // Whoever says so need not be who was asked: for a flood nobody answered.
        fail(settled, isRefusal: true, at: time, to: &alerts)
    }

    /// Settles what nobody answered in time.
    @inline(__always)
    mutating func advance(to time: Timestamp, to alerts: inout [Alert]) {
        while let (settled, began) = tries.takeOldest(before: time.nanoseconds &- Self.patience) {
            // Whoever notices it, and when.
            fail(settled, isRefusal: false, at: Timestamp(nanoseconds: began &+ Self.patience), to: &alerts)
        }
    }

    private mutating func succeeded(_ settled: Try, at time: Timestamp) {
        // What answers an ACK or a FIN out of nowhere is no service that was looked for.
        guard settled.isContact, settled.looksForService else { return }
        scans.succeeded(settled, isKnown: services.answered(settled.contact, at: time))
    }

    private mutating func fail(_ settled: Try, isRefusal: Bool, at time: Timestamp, to alerts: inout [Alert]) {
        failScan(settled, isRefusal: isRefusal, at: time, to: &alerts)
        floods.failed(settled, services, at: time, to: &alerts)
    }

    private mutating func failScan(_ settled: Try, isRefusal: Bool, at time: Timestamp, to alerts: inout [Alert]) {
        // An ACK is perhaps from the middle of a connection: only a refusal says that there was none.
        guard settled.isContact, !settled.isJudged, settled.opening != .ack || isRefusal,
            !services.isAlive(settled.contact, at: time)
        else { return }
        scans.failed(settled, isRefusal: isRefusal, at: time, to: &alerts)
    }
}
