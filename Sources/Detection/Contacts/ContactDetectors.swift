import Addressing
import Flows

/// What is wrong with who tries what: scans and floods. Both go by what becomes of tries, which are followed once for both.
struct ContactDetectors: Sendable {
    private var scans = ScanDetector()
    private var floods = FloodDetector()
    private var tries = OpenTries(limit: Self.limit)

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
        scans.countsAtOnce(glance, at: time)
    }

    /// Whether what became of a flow is waited for.
    func follows(_ serial: UInt32) -> Bool { tries.follows(serial) }

    private mutating func began(_ fact: FlowFact, to alerts: inout [Alert]) {
        let isContact = fact.isContact && !scans.isBeginning(fact.destination, at: fact.time)
        let flood = floods.began(fact, to: &alerts)
        guard isContact || flood != nil else { return }
        var new = Try(fact, isContact: isContact, flood: flood)
        // Who waits for so many answers at once, of whom nobody answered anybody yet, is not waited for.
        if isContact, new.opening == .syn, !scans.isAlive(new.contact, at: fact.time) {
            new.isNew = true
            if tries.isCrowded(by: new.source, beyond: Self.crowd) {
                scans.failed(new, isRefusal: false, at: fact.time, to: &alerts)
                new.isJudged = true
            }
        }
        guard let displaced = tries.add(new, fact.serial, at: fact.time) else { return }
        // Where so many are under way it is out before its time: for a flood that says enough, of a scan nothing.
        if displaced.isContact { scans.unjudged += 1 }
        failFlood(displaced, at: fact.time, to: &alerts)
    }

    private mutating func ended(_ fact: FlowFact, to alerts: inout [Alert]) {
        if let settled = tries.close(fact.serial) {
            if fact.hasAnswer {
                scans.succeeded(settled, at: fact.time)
            } else {
                scans.failed(settled, isRefusal: fact.hasRefusal, at: fact.time, to: &alerts)
            }
            if fact.destinationPackets == 0 { failFlood(settled, at: fact.time, to: &alerts) }
        }
        scans.ended(fact)
        floods.ended(fact, scans, to: &alerts)
        floods.weigh(fact, to: &alerts)
    }

    /// The responder of a flow answered.
    mutating func answered(_ serial: UInt32, isRefusal: Bool, at time: Timestamp, to alerts: inout [Alert]) {
        advance(to: time, to: &alerts)
        guard let settled = tries.close(serial, isAnswered: !isRefusal) else { return }
        if isRefusal {
            scans.failed(settled, isRefusal: true, at: time, to: &alerts)
        } else {
            scans.succeeded(settled, at: time)
        }
        floods.answered(settled, at: time, to: &alerts)
    }

    /// Somebody says that what a try was for cannot be reached.
    mutating func unreachable(_ quote: QuotedPacket, scope: UInt32, at time: Timestamp, to alerts: inout [Alert]) {
        advance(to: time, to: &alerts)
        guard let serial = tries.serial(of: QuotedTry(quote, scope: scope)), let settled = tries.close(serial) else {
            return
        }
        scans.failed(settled, isRefusal: true, at: time, to: &alerts)
        // Whoever says so need not be who was asked: for a flood nobody answered.
        failFlood(settled, at: time, to: &alerts)
    }

    /// Settles what nobody answered in time.
    @inline(__always)
    mutating func advance(to time: Timestamp, to alerts: inout [Alert]) {
        while let (settled, began) = tries.takeOldest(before: time.nanoseconds &- Self.patience) {
            // Whoever notices it, and when.
            let due = Timestamp(nanoseconds: began &+ Self.patience)
            scans.failed(settled, isRefusal: false, at: due, to: &alerts)
            failFlood(settled, at: due, to: &alerts)
        }
    }

    private mutating func failFlood(_ settled: Try, at time: Timestamp, to alerts: inout [Alert]) {
        guard settled.flood != nil else { return }
        floods.failed(settled, scans, at: time, to: &alerts)
    }
}
